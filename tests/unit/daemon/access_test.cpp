#include "access/access.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "upyd/v1/script.pb.h"

namespace upyd {
namespace {

Identity user(uid_t uid, std::vector<gid_t> groups = {}) { return {Identity::Kind::User, uid, std::move(groups)}; }

AccessRule rule(Subject::Kind kind, id_t id, Role role, std::vector<std::string> boards = {}) {
  return {{kind, id}, role, std::move(boards)};
}

class AccessTest : public testing::Test {
 protected:
  AccessTest() {
    owners_.set("alices", "uid:1");
    owners_.set("garage-door", "uid:9");
  }
  Access of(const Identity& identity) { return {identity, rules_, owners_, calls_, budgets_}; }
  static grpc::StatusCode run_in(const Access& access, const std::string& instance) {
    v1::InterruptRequest request;
    request.set_instance(instance);
    return access.check(request).error_code();
  }

  static constexpr auto kOk = grpc::OK, kDenied = grpc::PERMISSION_DENIED;
  Budgets budgets_{BudgetLimits::of_machine()};
  CurrentRules rules_{
      {{rule(Subject::Kind::User, 1, Role::Operator), rule(Subject::Kind::User, 2, Role::Viewer, {"*"}),
        rule(Subject::Kind::Group, 100, Role::Operator, {"garage-*"}), rule(Subject::Kind::User, 4, Role::Admin)}}};
  Owners owners_;
  OpenCalls calls_{[](const std::function<void()>& look) { look(); }};
};

TEST_F(AccessTest, OwnInstancesAndThoseThatARuleNames) {
  EXPECT_EQ(run_in(of(user(1)), "alices"), kOk);
  EXPECT_EQ(run_in(of(user(1)), "garage-door"), kDenied);
  EXPECT_EQ(run_in(of(user(2)), "alices"), kDenied);
  EXPECT_TRUE(of(user(2)).sees("alices"));
  EXPECT_EQ(run_in(of(user(3, {100})), "garage-door"), kOk);
  EXPECT_EQ(run_in(of(user(3, {100})), "alices"), kDenied);
  EXPECT_FALSE(of(user(3, {100})).sees("alices"));
  EXPECT_EQ(run_in(of(user(3, {101})), "garage-door"), kDenied);
  EXPECT_EQ(run_in(of(user(4)), "alices"), kOk);
  EXPECT_EQ(run_in(of({}), "alices"), kDenied);
}

TEST_F(AccessTest, OwnersLoseWhatTheRulesTakeAway) {
  const Access alice = of(user(1));
  EXPECT_EQ(run_in(alice, "alices"), kOk);
  rules_.set({});
  EXPECT_EQ(run_in(alice, "alices"), kDenied);
  EXPECT_FALSE(alice.sees("alices"));
}

TEST_F(AccessTest, WhatIsGoneIsLeftForTheCallToSay) {
  EXPECT_EQ(run_in(of(user(1)), "none"), kOk);
  EXPECT_EQ(run_in(of(user(2)), "none"), kDenied) << "viewers stop nothing";
  EXPECT_FALSE(of(user(1)).sees("none"));
}

TEST_F(AccessTest, RefusalsSayWhichRuleIsMissing) {
  v1::StopInstanceRequest request;
  request.set_name("garage-door");
  const std::string said = of(user(1)).check(request).error_message();
  for (const char* part : {"uid:1 ", "'garage-door' is of uid:9", "StopInstance", "role operator", "[[access.rule]]"}) {
    EXPECT_NE(said.find(part), std::string::npos) << part << " in: " << said;
  }
}

TEST_F(AccessTest, OnlyAdministratorsGiveInstancesAway) {
  v1::InstanceConfig config;
  EXPECT_TRUE(of(user(1)).own(config).ok());
  EXPECT_EQ(config.owner(), "uid:1");
  EXPECT_TRUE(of(user(1)).own(config).ok()) << "it is their own";
  config.set_owner("user:root");
  EXPECT_EQ(of(user(1)).own(config).error_code(), kDenied);
  EXPECT_TRUE(of(user(4)).own(config).ok());
  EXPECT_EQ(config.owner(), "uid:0");
  config.set_owner("user:no such user");
  EXPECT_EQ(of(user(4)).own(config).error_code(), grpc::INVALID_ARGUMENT);
}

TEST_F(AccessTest, OfAnIdentityOnlyWhatTheRulesLookAtCounts) {
  const auto rules = rules_.get();
  EXPECT_EQ(rules->relevant(user(3, {7, 100, 200})), user(3, {100}));
  EXPECT_EQ(rules->relevant(user(1, {5})), user(1));
  EXPECT_EQ(rules->relevant(user(77, {5})), Identity{}) << "all who have no role are the same";
}

TEST(IdentityTest, IsThatOfTheProcessThatConnected) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  const auto identity = identify(ends[0]);
  ASSERT_TRUE(identity.has_value());
  EXPECT_EQ(identity->name(), "uid:" + std::to_string(geteuid()));
  EXPECT_TRUE(std::binary_search(identity->groups.begin(), identity->groups.end(), getegid()));
  close(ends[0]);
  close(ends[1]);
  EXPECT_FALSE(identify(ends[0]).has_value()) << "there is no such socket";
}

}  // namespace
}  // namespace upyd
