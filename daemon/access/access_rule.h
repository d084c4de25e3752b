#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "access/access_quota.h"
#include "access/identity.h"

namespace upyd {

/// What somebody may do, each role more than the one before.
enum class Role : uint8_t {
  None,
  Viewer,    ///< see instances, their figures, events and logs
  Operator,  ///< besides create and run, and stop, change and use the console and files of instances
  Admin      ///< everything, with all instances
};

/// "viewer"; "none".
const char* name_of(Role role);

/// Whom a rule is for.
struct Subject {
  enum class Kind : uint8_t { User, Group, Tcp, Certificate };
  Kind kind = Kind::User;
  id_t id = 0;            ///< of the user or group
  std::string name = {};  ///< of the certificate

  bool includes(const Identity& identity) const;
};

/// Gives whoever it is for a role: with the instances of their own, and with those of others whose names match.
struct AccessRule {
  Subject who;
  Role role = Role::None;
  std::vector<std::string> boards;  ///< shell patterns for names
  AccessQuota quota;                ///< bounds what it gives
};

/// The rules that hold. Of several for the same principal all do.
struct AccessRules {
  std::vector<AccessRule> rules;

  /// What somebody is with instances of their own, and where none is concerned.
  Role role(const Identity& identity) const;
  /// An identity with nothing beyond what the rules look at; Nobody, if it has no role.
  Identity relevant(Identity identity) const;
  /// How much somebody may have: of each, the most that a rule for them says.
  AccessQuota quota(const Identity& identity) const;
  /// What somebody is with an instance of that name of somebody else.
  Role role_with(const Identity& identity, const std::string& instance) const;
};

/// What holds whatever else the config says: root and the daemon's own user are administrators. So is whoever comes by
/// TCP, if that is allowed without protection and no rule says what they may do.
enum class InsecureTcp { Refused, Allowed };
AccessRules fixed_rules(InsecureTcp tcp);
/// What holds besides where the config has no rules: the members of the group upyd, if there is one, are operators.
AccessRules default_rules();

}  // namespace upyd
