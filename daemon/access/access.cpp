#include "access/access.h"

#include <fmt/format.h>

#include "access/requirement.h"

namespace upyd {
namespace {

using google::protobuf::Message;

/// "uid:1000 may not do that", of whoever it is.
std::string may_not(const std::string& name) {
  return name == Identity{}.name() ? "no rule gives you a role" : name + " may not do that";
}

grpc::Status denied(const std::string& why) { return {grpc::StatusCode::PERMISSION_DENIED, why}; }

/// "RunRequest": what was asked for, in the API's words.
std::string name_of(const Message& request) {
  const std::string& name = request.GetDescriptor()->name();
  return name.substr(0, name.rfind("Request"));
}

}  // namespace

grpc::Status Access::check(const Message& request) const {
  const Requirement* const needed = find_requirement(*request.GetDescriptor());
  if (!needed) return denied("upyd has no rule for that");
  const std::string instance = instance_of(request, *needed);
  if (!instance.empty()) {
    if (const auto owner = owner_of_(instance)) return check(request, *owner);
  }
  if (rules_.get()->role(identity_) >= needed->role) return grpc::Status::OK;
  return denied(
      fmt::format("{}: {} needs the role {}; upyd's administrator can give it by a "
                  "[[access.rule]] in upyd.toml",
                  may_not(name()), name_of(request), upyd::name_of(needed->role)));
}

grpc::Status Access::check(const Message& request, const std::string& owner) const {
  const Requirement* const needed = find_requirement(*request.GetDescriptor());
  if (!needed) return denied("upyd has no rule for that");
  const std::string instance = instance_of(request, *needed);
  if (role_with(instance, owner) >= needed->role) return grpc::Status::OK;
  return denied(
      fmt::format("{}: instance '{}' is of {}, and {} needs the role {} for it; upyd's "
                  "administrator can give it by a [[access.rule]] with boards = [\"{}\"] in upyd.toml",
                  may_not(name()), instance, owner, name_of(request), upyd::name_of(needed->role), instance));
}

grpc::Status Access::own(v1::InstanceConfig& config, const std::string& owner) const {
  if (!config.has_owner()) return config.set_owner(owner), grpc::Status::OK;
  const auto named = principal_name(config.owner());
  if (!named) return {grpc::StatusCode::INVALID_ARGUMENT, no_principal(config.owner())};
  config.set_owner(*named);
  if (*named == owner || rules_.get()->role(identity_) == Role::Admin) return grpc::Status::OK;
  return denied(fmt::format("{} may not give an instance to {}: that needs the role admin", name(), *named));
}

bool Access::sees(const std::string& instance) const {
  return role_with(instance, owner_of_(instance).value_or("")) >= Role::Viewer;
}

Role Access::role_with(const std::string& instance, const std::string& owner) const {
  const auto rules = rules_.get();
  return owner == name() ? rules->role(identity_) : rules->role_with(identity_, instance);
}

}  // namespace upyd
