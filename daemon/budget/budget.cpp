#include "budget/budget.h"

#include <fmt/format.h>

#include <cstring>

namespace upyd {
namespace {

constexpr const char* kBytes = "bytes";

uint64_t limit_of(uint64_t limit) { return limit == 0 ? Budget::kUnlimited : limit; }

}  // namespace

/// Of all accounts.
struct Budget::Account::Sums {
  std::atomic<uint64_t> limit, used = 0, refusals = 0;
};

bool Budget::Kind::in_bytes() const { return std::strcmp(what, kBytes) == 0; }

// ---- an account ----

/// Both sums are those with the amount.
bool Budget::Account::fits(uint64_t own, uint64_t total, uint64_t amount, uint64_t quota) const {
  const uint64_t limit = sums_->limit;
  if (own > quota || total > limit) return false;
  return kind_.sharing == Sharing::FirstCome || own - amount <= limit - total;
}

/// Several at a time may refuse each other what one of them could have: only where nearly nothing is left.
bool Budget::Account::take(uint64_t amount, uint64_t quota) {
  const uint64_t own = used_.fetch_add(amount) + amount, total = sums_->used.fetch_add(amount) + amount;
  if (fits(own, total, amount, quota)) return true;
  give_back(amount);
  ++sums_->refusals;
  return false;
}

void Budget::Account::take_anyway(uint64_t amount) {
  used_ += amount;
  sums_->used += amount;
}

void Budget::Account::give_back(uint64_t amount) {
  used_ -= amount;
  sums_->used -= amount;
}

grpc::Status Budget::Account::refusal(uint64_t amount, uint64_t quota) const {
  const uint64_t own = used_, total = sums_->used, limit = sums_->limit;
  const auto text = [this](uint64_t number) { return amount_text(kind_, number); };
  std::string why;
  if (own + amount > quota) {
    why = fmt::format("{} may have {} and has {} ({} of an [[access.rule]] in upyd.toml)", principal_, text(quota),
                      text(own), kind_.name);
  } else if (total + amount > limit) {
    why = fmt::format("upyd has {} for all, of which {} are taken ({} in upyd.toml)", text(limit), text(total),
                      kind_.name);
  } else {
    why = fmt::format(
        "{} has {} of upyd's {}, of which {} are taken, and nobody gets more than is left for others "
        "({} in upyd.toml)",
        principal_, text(own), text(limit), text(total), kind_.name);
  }
  return {grpc::StatusCode::RESOURCE_EXHAUSTED,
          fmt::format("{}: no room for {} more; {}", why, text(amount), kind_.advice)};
}

// ---- the budget ----

Budget::Budget(const Kind& kind, uint64_t limit) : kind_(kind), sums_(std::make_shared<Account::Sums>()) {
  set_limit(limit);
}

std::shared_ptr<Budget::Account> Budget::account(const std::string& principal) {
  std::lock_guard lock(mutex_);
  if (const auto found = accounts_.find(principal); found != accounts_.end()) {
    if (auto account = found->second.lock()) return account;
  }
  std::erase_if(accounts_, [](const auto& named) { return named.second.expired(); });
  const std::shared_ptr<Account> account(new Account(kind_, sums_, principal));
  accounts_[principal] = account;
  return account;
}

uint64_t Budget::limit() const { return sums_->limit; }
void Budget::set_limit(uint64_t limit) { sums_->limit = limit_of(limit); }
uint64_t Budget::used() const { return sums_->used; }
uint64_t Budget::refusals() const { return sums_->refusals; }

std::vector<std::pair<std::string, uint64_t>> Budget::uses() const {
  std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, uint64_t>> uses;
  for (const auto& [principal, known] : accounts_) {
    const auto account = known.lock();
    if (account && account->used() > 0) uses.emplace_back(principal, account->used());
  }
  return uses;
}

// ---- a charge ----

Charge& Charge::operator=(Charge&& other) noexcept {
  set_anyway(0);
  account_ = std::move(other.account_);
  amount_ = std::exchange(other.amount_, 0);
  return *this;
}

bool Charge::try_set(uint64_t amount, uint64_t quota) {
  if (account_ && amount > amount_ && !account_->take(amount - amount_, quota)) return false;
  if (account_ && amount < amount_) account_->give_back(amount_ - amount);
  amount_ = amount;
  return true;
}

grpc::Status Charge::set(uint64_t amount, uint64_t quota) {
  return try_set(amount, quota) ? grpc::Status::OK : account_->refusal(amount - amount_, quota);
}

void Charge::set_anyway(uint64_t amount) {
  if (account_ && amount > amount_) {
    account_->take_anyway(amount - amount_);
    amount_ = amount;
  }
  try_set(amount);
}

std::string amount_text(const Budget::Kind& kind, uint64_t amount) {
  if (!kind.in_bytes()) return fmt::format("{} {}", amount, kind.what);
  constexpr const char* kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  size_t unit = 0;
  double size = static_cast<double>(amount);
  for (; size >= 1024 && unit + 1 < std::size(kUnits); ++unit) size /= 1024;
  return unit == 0 ? fmt::format("{} bytes", amount) : fmt::format("{:.4g} {}", size, kUnits[unit]);
}

}  // namespace upyd
