#include "access/access.h"

#include <fmt/format.h>

namespace upyd {
namespace {

/// "uid:1000 may not do that", of whoever it is.
std::string may_not(const std::string& name) {
  return name == Identity{}.name() ? "no rule gives you a role" : name + " may not do that";
}

grpc::Status denied(const std::string& why) { return {grpc::StatusCode::PERMISSION_DENIED, why}; }

grpc::Status no_rule() { return denied("upyd has no rule for that"); }

/// "Run" of "upyd.v1.RunRequest": what was asked for, in the API's words.
std::string name_of(const Requirement& needed) {
  const std::string name = needed.request;
  const size_t begin = name.rfind('.') + 1;
  return name.substr(begin, name.rfind("Request") - begin);
}

}  // namespace

grpc::Status Access::check(const Wanted& wanted) const {
  if (!wanted.needed) return no_rule();
  if (!wanted.instance.empty()) {
    if (const auto owner = owners_.of(wanted.instance)) return check(wanted, *owner);
  }
  if (rules_.get()->role(identity_) >= wanted.needed->role) return grpc::Status::OK;
  return denied(
      fmt::format("{}: {} needs the role {}; upyd's administrator can give it by a "
                  "[[access.rule]] in upyd.toml",
                  may_not(name()), name_of(*wanted.needed), upyd::name_of(wanted.needed->role)));
}

grpc::Status Access::check(const Wanted& wanted, const std::string& owner) const {
  if (!wanted.needed) return no_rule();
  if (role_with(wanted.instance, owner) >= wanted.needed->role) return grpc::Status::OK;
  return denied(
      fmt::format("{}: instance '{}' is of {}, and {} needs the role {} for it; upyd's "
                  "administrator can give it by a [[access.rule]] with boards = [\"{}\"] in upyd.toml",
                  may_not(name()), wanted.instance, owner, name_of(*wanted.needed), upyd::name_of(wanted.needed->role),
                  wanted.instance));
}

grpc::Status Access::own(v1::InstanceConfig& config, const std::string& owner) const {
  if (!config.has_owner()) return config.set_owner(owner), grpc::Status::OK;
  const auto named = principal_name(config.owner());
  if (!named) return {grpc::StatusCode::INVALID_ARGUMENT, no_principal(config.owner())};
  config.set_owner(*named);
  if (*named == owner || is_admin()) return grpc::Status::OK;
  return denied(fmt::format("{} may not give an instance to {}: that needs the role admin", name(), *named));
}

bool Access::sees(const std::string& instance, const std::string& owner) const {
  return role_with(instance, owner) >= Role::Viewer;
}

bool Access::operates(const std::string& instance) const {
  return role_with(instance, owner_of(instance)) >= Role::Operator;
}

Role Access::role_with(const std::string& instance, const std::string& owner) const {
  const auto rules = rules_.get();
  return owner == name() ? rules->role(identity_) : rules->role_with(identity_, instance);
}

}  // namespace upyd
