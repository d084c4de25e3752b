#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "access/access_rule.h"
#include "access/identity.h"
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
  /// The owner of an instance; nothing if there is none of that name.
  using OwnerOf = std::function<std::optional<std::string>(const std::string& instance)>;

  /// `rules` must outlive it.
  Access(Identity identity, const CurrentRules& rules, OwnerOf owner_of)
      : identity_(std::move(identity)), rules_(rules), owner_of_(std::move(owner_of)) {}

  /// The owner of what they make.
  std::string name() const { return identity_.name(); }

  /// Whether a call may go on; PERMISSION_DENIED, with the rule that is missing. An instance that does not exist is
  /// left for the call itself to say.
  grpc::Status check(const google::protobuf::Message& request) const;
  /// The same of the instance that was found, whose owner that is: another may have its name by now.
  grpc::Status check(const google::protobuf::Message& request, const std::string& owner) const;

  /// Has settings name their owner: that one if they name none. Another may be named by administrators only:
  /// PERMISSION_DENIED; INVALID_ARGUMENT if it is nobody.
  grpc::Status own(v1::InstanceConfig& config, const std::string& owner) const;
  grpc::Status own(v1::InstanceConfig& config) const { return own(config, name()); }

  /// Whether they may know of an instance. Of one that nobody knows any more, administrators.
  bool sees(const std::string& instance) const;

 private:
  Role role_with(const std::string& instance, const std::string& owner) const;

  const Identity identity_;
  const CurrentRules& rules_;
  const OwnerOf owner_of_;
};

}  // namespace upyd
