#pragma once

#include <memory>
#include <utility>

#include "budget/budget.h"
#include "port/memory.h"

namespace upyd {

/// An account in a budget of memory, as the interpreter takes it.
class AccountMemory final : public upy::Memory {
 public:
  explicit AccountMemory(std::shared_ptr<Budget::Account> account) : account_(std::move(account)) {}

  bool take(size_t bytes) override { return account_->take(bytes); }
  void give_back(size_t bytes) override { account_->give_back(bytes); }

 private:
  const std::shared_ptr<Budget::Account> account_;
};

}  // namespace upyd
