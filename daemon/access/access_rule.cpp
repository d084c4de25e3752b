#include "access/access_rule.h"

#include <fnmatch.h>
#include <unistd.h>

#include <algorithm>

#include "system/users.h"

namespace upyd {
namespace {

constexpr const char* kGroup = "upyd";

Role highest(const AccessRules& rules, const auto& holds) {
  Role role = Role::None;
  for (const AccessRule& rule : rules.rules) {
    if (holds(rule)) role = std::max(role, rule.role);
  }
  return role;
}

bool is_for(const AccessRule& rule, const std::string& instance) {
  return rule.role == Role::Admin ||
         std::any_of(rule.boards.begin(), rule.boards.end(),
                     [&](const std::string& pattern) { return fnmatch(pattern.c_str(), instance.c_str(), 0) == 0; });
}

}  // namespace

const char* name_of(Role role) {
  constexpr const char* kNames[] = {"none", "viewer", "operator", "admin"};
  return kNames[static_cast<size_t>(role)];
}

bool Subject::includes(const Identity& identity) const {
  if (kind == Kind::Tcp) return identity.kind == Identity::Kind::Tcp;
  if (kind == Kind::Certificate) return std::binary_search(identity.names.begin(), identity.names.end(), name);
  if (identity.kind != Identity::Kind::User) return false;
  return kind == Kind::User ? identity.uid == id
                            : std::binary_search(identity.groups.begin(), identity.groups.end(), id);
}

Role AccessRules::role(const Identity& identity) const {
  return highest(*this, [&](const AccessRule& rule) { return rule.who.includes(identity); });
}

AccessQuota AccessRules::quota(const Identity& identity) const {
  AccessQuota quota;
  for (const AccessRule& rule : rules) {
    if (rule.who.includes(identity)) quota.add(rule.quota);
  }
  return quota;
}

Role AccessRules::role_with(const Identity& identity, const std::string& instance) const {
  return highest(*this, [&](const AccessRule& rule) { return rule.who.includes(identity) && is_for(rule, instance); });
}

Identity AccessRules::relevant(Identity identity) const {
  if (role(identity) == Role::None) return {};
  std::erase_if(identity.groups, [this](gid_t group) {
    return std::none_of(rules.begin(), rules.end(), [group](const AccessRule& rule) {
      return rule.who.kind == Subject::Kind::Group && rule.who.id == group;
    });
  });
  std::erase_if(identity.names, [this](const std::string& name) {
    return std::none_of(rules.begin(), rules.end(), [&name](const AccessRule& rule) {
      return rule.who.kind == Subject::Kind::Certificate && rule.who.name == name;
    });
  });
  return identity;
}

AccessRules fixed_rules(InsecureTcp tcp) {
  AccessRules rules;
  if (tcp == InsecureTcp::Allowed) rules.rules.push_back({{Subject::Kind::Tcp, 0}, Role::Admin, {}});
  for (const uid_t uid : {uid_t{0}, geteuid()}) rules.rules.push_back({{Subject::Kind::User, uid}, Role::Admin, {}});
  return rules;
}

AccessRules default_rules() {
  AccessRules rules;
  if (const auto group = find_group(kGroup)) {
    rules.rules.push_back({{Subject::Kind::Group, *group}, Role::Operator, {}});
  }
  return rules;
}

}  // namespace upyd
