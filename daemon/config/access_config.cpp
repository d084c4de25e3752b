#include "config/access_config.h"

#include <algorithm>

#include "access/certificate_name.h"
#include "config/quota_config.h"
#include "system/users.h"

namespace upyd {
namespace {

constexpr const char* kSubjects =
    "'access.rule.who' must be \"user:NAME\", \"group:NAME\", \"certificate:COMMON NAME\", \"dns:NAME\", \"uri:URI\" "
    "or "
    "\"tcp\"; names of certificates are whole, without wildcards";

Subject find_subject(Subject::Kind kind, const char* what, const std::string& name) {
  const auto id = kind == Subject::Kind::User ? find_user(name) : find_group(name);
  if (!id) throw ConfigError(std::string("there is no ") + what + " '" + name + "'");
  return {kind, *id};
}

Subject parse_subject(const std::string& text) {
  if (text == "tcp") return {Subject::Kind::Tcp, 0};
  if (text.starts_with("user:")) return find_subject(Subject::Kind::User, "user", text.substr(5));
  if (text.starts_with("group:")) return find_subject(Subject::Kind::Group, "group", text.substr(6));
  if (const auto name = canonical_certificate_name(text)) return {Subject::Kind::Certificate, 0, *name};
  throw ConfigError(kSubjects);
}

Role parse_role(const std::string& text) {
  for (const Role role : {Role::Viewer, Role::Operator, Role::Admin}) {
    if (text == name_of(role)) return role;
  }
  throw ConfigError("'access.rule.role' must be \"viewer\", \"operator\" or \"admin\"");
}

/// The value of a key that must be there, as `parse` reads it.
auto required(ConfigSection& section, std::string_view key, const auto& parse) {
  const toml::node* const node = section.find(key);
  if (!node) section.fail(section.table(), "a rule needs '" + std::string(key) + "'");
  return section.at(*node, [&] { return parse(section.text(*node, key)); });
}

/// Who is to see sees all instances, if nothing else is said; who is to run has those of their own.
AccessRule parse_rule(ConfigSection section) {
  AccessRule rule{.who = required(section, "who", parse_subject), .role = required(section, "role", parse_role)};
  if (rule.role == Role::Viewer) rule.boards = {"*"};
  section.read("boards", rule.boards);
  rule.quota = read_quota(section);
  section.finish();
  return rule;
}

std::vector<AccessRule> parse_rules(ConfigSection& access) {
  const toml::node* const node = access.find("rule");
  if (!node) return {};
  if (!node->is_array_of_tables()) access.fail(*node, "write each rule as a table [[access.rule]]");
  std::vector<AccessRule> rules;
  for (const toml::node& table : *node->as_array()) {
    rules.push_back(parse_rule(ConfigSection(*table.as_table(), "access.rule", access.file())));
  }
  return rules;
}

}  // namespace

AccessRules parse_access(std::optional<ConfigSection> access, InsecureTcp tcp) {
  std::vector<AccessRule> own;
  if (access) {
    own = parse_rules(*access);
    access->finish();
  }
  const bool says_of_tcp =
      std::any_of(own.begin(), own.end(), [](const AccessRule& rule) { return rule.who.kind == Subject::Kind::Tcp; });
  AccessRules rules = fixed_rules(says_of_tcp ? InsecureTcp::Refused : tcp);
  if (own.empty()) own = default_rules().rules;
  std::move(own.begin(), own.end(), std::back_inserter(rules.rules));
  return rules;
}

}  // namespace upyd
