#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <mutex>
#include <string>

#include "access/access_rule.h"
#include "access/identity.h"
#include "access/open_calls.h"
#include "access/owners.h"
#include "access/requirement.h"
#include "budget/budgets.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// The rules that hold now. Any thread.
class CurrentRules {
 public:
  explicit CurrentRules(AccessRules rules) { set(std::move(rules)); }

  void set(AccessRules rules) {
    std::lock_guard lock(mutex_);
    rules_ = std::make_shared<const AccessRules>(std::move(rules));
  }
  std::shared_ptr<const AccessRules> get() const {
    std::lock_guard lock(mutex_);
    return rules_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const AccessRules> rules_;
};

/// What somebody may do, by the rules as they are at the time of asking. Any thread.
///
/// Whose an instance is its owner tells: the name of the identity that made it.
class Access {
 public:
  /// What it is given by reference must outlive it.
  Access(Identity identity, const CurrentRules& rules, const Owners& owners, OpenCalls& open_calls, Budgets& budgets)
      : identity_(std::move(identity)),
        rules_(rules),
        owners_(owners),
        open_calls_(open_calls),
        budgets_(budgets),
        calls_(budgets.calls.account(identity_.name())) {}

  /// The owner of what they make.
  std::string name() const { return identity_.name(); }

  /// Whether a call may go on; PERMISSION_DENIED, with the rule that is missing. An instance that does not exist is
  /// left for the call itself to say.
  grpc::Status check(const Wanted& wanted) const;
  grpc::Status check(const google::protobuf::Message& request) const { return check(wanted_by(request)); }
  /// The same of the instance that was found, whose owner that is: another may have its name by now.
  grpc::Status check(const Wanted& wanted, const std::string& owner) const;
  grpc::Status check(const google::protobuf::Message& request, const std::string& owner) const {
    return check(wanted_by(request), owner);
  }

  /// Has settings name their owner: that one if they name none. Another may be named by administrators only:
  /// PERMISSION_DENIED; INVALID_ARGUMENT if it is nobody.
  grpc::Status own(v1::InstanceConfig& config, const std::string& owner) const;
  grpc::Status own(v1::InstanceConfig& config) const { return own(config, name()); }

  /// Whether they may know of an instance of that owner. Of one whose owner nobody knows any more, administrators.
  bool sees(const std::string& instance, const std::string& owner) const;
  /// The same of the one that has the name now.
  bool sees(const std::string& instance) const { return sees(instance, owner_of(instance)); }
  /// Whether they may use and change the one that has the name now.
  bool operates(const std::string& instance) const;

  /// A call of theirs that goes on for long is one of those that look again when what they may do changes.
  std::unique_ptr<OpenCalls::Place> open(std::weak_ptr<OpenCalls::Call> call) const {
    return std::make_unique<OpenCalls::Place>(open_calls_, std::move(call));
  }

  /// A call of theirs begins. False: there are as many as may go on, and it is to be refused by `too_many_calls`; else
  /// `end_call` is to follow.
  bool begin_call() const { return calls_->take(1, most(quota().max_calls)); }
  void end_call() const { calls_->give_back(1); }
  grpc::Status too_many_calls() const { return calls_->refusal(1, most(quota().max_calls)); }
  /// Of a script that they have sent, and that waits; to be set to its size.
  Charge request_charge() const { return Charge(budgets_.request_memory.account(name())); }
  /// What compiling takes for them.
  std::shared_ptr<Budget::Account> compile_memory() const { return budgets_.compile_memory.account(name()); }
  AccessQuota quota() const { return rules_.get()->quota(identity_); }
  bool is_admin() const { return rules_.get()->role(identity_) == Role::Admin; }

 private:
  std::string owner_of(const std::string& instance) const { return owners_.of(instance).value_or(""); }
  Role role_with(const std::string& instance, const std::string& owner) const;

  const Identity identity_;
  const CurrentRules& rules_;
  const Owners& owners_;
  OpenCalls& open_calls_;
  Budgets& budgets_;
  const std::shared_ptr<Budget::Account> calls_;
};

}  // namespace upyd
