#pragma once

#include <grpcpp/support/status.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace upyd {

/// So much of something that there is for all, and who has how much of it. Any thread.
///
/// What lasts, as memory that instances are promised, gets who comes first; who is to have less than all there is has a
/// quota. What comes and goes, as calls, is shared fairly besides: nobody may have more than what is left for others.
/// So one who takes all he can get has half of it, two have a third each, and whoever comes next finds something.
class Budget {
 public:
  /// Whoever has no quota may have that much, and what has no limit is that large.
  static constexpr uint64_t kUnlimited = UINT64_MAX;

  enum class Sharing : uint8_t { FirstCome, Fair };
  struct Kind {
    const char* name;  ///< as upyd's config calls it
    const char* what;  ///< what it is made of: "instances", "bytes"
    Sharing sharing;
    const char* advice;  ///< what whoever gets none can do: "delete one"
    bool in_bytes() const;
  };

  /// What one principal has of it. It outlives the budget.
  class Account {
   public:
    /// True: there is so much more; to be given back. `quota`: the most that they may have.
    bool take(uint64_t amount, uint64_t quota = kUnlimited);
    /// The same of what is not to be refused.
    void take_anyway(uint64_t amount);
    void give_back(uint64_t amount);
    /// RESOURCE_EXHAUSTED: why `take` gives no such amount, whose budget that is, how large it is, and what to do.
    grpc::Status refusal(uint64_t amount, uint64_t quota = kUnlimited) const;
    uint64_t used() const { return used_; }

   private:
    friend class Budget;
    struct Sums;
    Account(const Kind& kind, std::shared_ptr<Sums> sums, std::string principal)
        : kind_(kind), sums_(std::move(sums)), principal_(std::move(principal)) {}
    bool fits(uint64_t own, uint64_t total, uint64_t amount, uint64_t quota) const;

    const Kind& kind_;
    const std::shared_ptr<Sums> sums_;
    const std::string principal_;
    std::atomic<uint64_t> used_ = 0;
  };

  /// `kind` must outlive all accounts. `limit`: 0: kUnlimited.
  Budget(const Kind& kind, uint64_t limit);

  /// That of a principal, which is the same as long as anybody has it.
  std::shared_ptr<Account> account(const std::string& principal);

  const Kind& kind() const { return kind_; }
  uint64_t limit() const;
  /// From now on; who has more keeps it.
  void set_limit(uint64_t limit);
  uint64_t used() const;
  /// How often `take` gave nothing.
  uint64_t refusals() const;
  /// What each principal has who has something.
  std::vector<std::pair<std::string, uint64_t>> uses() const;

 private:
  const Kind& kind_;
  const std::shared_ptr<Account::Sums> sums_;
  mutable std::mutex mutex_;
  std::map<std::string, std::weak_ptr<Account>> accounts_;
};

/// So much of a budget, for as long as it lives. Not for several threads at a time.
class Charge {
 public:
  Charge() = default;
  explicit Charge(std::shared_ptr<Budget::Account> account) : account_(std::move(account)) {}
  ~Charge() { set_anyway(0); }
  Charge(Charge&& other) noexcept : account_(std::move(other.account_)), amount_(std::exchange(other.amount_, 0)) {}
  Charge& operator=(Charge&& other) noexcept;

  uint64_t amount() const { return amount_; }
  /// Has it be so much. False: there is no such amount left, and it is as before.
  bool try_set(uint64_t amount, uint64_t quota = Budget::kUnlimited);
  /// The same. The errors are those of Account::refusal; then it is as before.
  grpc::Status set(uint64_t amount, uint64_t quota = Budget::kUnlimited);
  /// The same of what is not to be refused.
  void set_anyway(uint64_t amount);

 private:
  std::shared_ptr<Budget::Account> account_;  // null: it costs nothing
  uint64_t amount_ = 0;
};

/// "8 GiB", "1500".
std::string amount_text(const Budget::Kind& kind, uint64_t amount);

}  // namespace upyd
