#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <regex>

#include "rpc/rpc_test.h"
#include "rpc/stated_access.h"
#include "support/process.h"

namespace upyd {
namespace {

using test_support::Process;
using test_support::ProcessEnd;
/// Somebody of this machine, and what the rules below make of them.
struct User {
  const char* uid;
  const char* groups;
  Role role;         ///< where no instance is concerned, and with their own
  Role with_others;  ///< with the instance "bench-1" of root
};

constexpr const char* kRules = R"(
[[access.rule]]
who = "user:54001"
role = "operator"
[[access.rule]]
who = "user:54002"
role = "viewer"
[[access.rule]]
who = "group:54100"
role = "operator"
boards = ["bench-*"]
[[access.rule]]
who = "user:54004"
role = "admin"
)";

constexpr User kOperator{"54001", "54001", Role::Operator, Role::None};
constexpr User kViewer{"54002", "54002", Role::Viewer, Role::Viewer};
constexpr User kBenchOperator{"54003", "54003,54100", Role::Operator, Role::Operator};
constexpr User kAdmin{"54004", "54004", Role::Admin, Role::Admin};
constexpr User kStranger{"54005", "54005", Role::None, Role::None};
constexpr User kUsers[] = {kOperator, kViewer, kBenchOperator, kAdmin, kStranger};

class AccessTest : public RpcTest {
 protected:
  static constexpr std::chrono::milliseconds kSoon{200};

  AccessTest() : RpcTest(kRules) {}

  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    upyd_.let_everyone_in();
  }

  static std::vector<std::string> as(const User& user, const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {"/usr/bin/setpriv", "--reuid",  user.uid,   "--regid",
                                    user.uid,           "--groups", user.groups};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
  }
  ProcessEnd run_as(const User& user, const std::vector<std::string>& arguments) {
    return Process(as(user, arguments), {"UPYD_HOST=" + upyd_.url()}).wait(std::chrono::seconds(120));
  }
  ProcessEnd upyctl(const User& user, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    return run_as(user, arguments);
  }
  std::string owner_of(const std::string& instance) {
    v1::GetInstanceRequest request;
    request.set_name(instance);
    return upyd().get_instance(request).config().owner();
  }
  /// Makes each call as somebody who names that instance.
  void expect_as_stated(const User& user, const std::string& instance, Role with_it) {
    const ProcessEnd made = run_as(user, {CALL_EACH_PATH, upyd_.url(), instance});
    upyd::expect_as_stated(read_codes(made.out), user.role, with_it, user.uid);
  }
};

TEST_F(AccessTest, EachCallNeedsWhatIsStated) {
  for (const User& user : kUsers) {
    create("bench-1");
    expect_as_stated(user, "bench-1", user.with_others);
    if (user.with_others < Role::Operator) remove("bench-1");  // others have done that
  }
}

TEST_F(AccessTest, WhoMakesAnInstanceOwnsIt) {
  ASSERT_EQ(upyctl(kOperator, {"create", "mine"}).exit_status, 0);
  EXPECT_EQ(owner_of("mine"), "uid:54001");
  expect_as_stated(kOperator, "mine", Role::Operator);
  ASSERT_EQ(upyctl(kOperator, {"create", "mine"}).exit_status, 0) << "it was deleted by DeleteInstance";
  expect_as_stated(kBenchOperator, "mine", Role::None);
}

TEST_F(AccessTest, ListingsShowWhatIsSeen) {
  create("bench-1");
  create("hidden");
  ASSERT_EQ(upyctl(kOperator, {"create", "mine"}).exit_status, 0);
  EXPECT_EQ(upyctl(kOperator, {"ps", "-q"}).out, "mine\n");
  EXPECT_EQ(upyctl(kViewer, {"ps", "-q"}).out, "bench-1\nhidden\nmine\n");
  EXPECT_EQ(upyctl(kBenchOperator, {"ps", "-q"}).out, "bench-1\n");
  const auto stranger = upyctl(kStranger, {"ps", "-q"});
  EXPECT_EQ(stranger.out, "");
  EXPECT_NE(stranger.err.find("needs the role viewer"), std::string::npos) << stranger.err;
}

TEST_F(AccessTest, ALogIsForItsOwner) {
  ASSERT_EQ(upyctl(kOperator, {"create", "mine"}).exit_status, 0);
  ASSERT_EQ(upyctl(kOperator, {"exec", "-i", "mine", "print('secret')"}).exit_status, 0);
  ASSERT_EQ(upyctl(kOperator, {"rm", "mine"}).exit_status, 0);
  EXPECT_NE(upyctl(kOperator, {"logs", "mine"}).out.find("secret"), std::string::npos)
      << "it is theirs when it is gone";
  EXPECT_NE(upyctl(kViewer, {"logs", "mine"}).out.find("secret"), std::string::npos);
  EXPECT_NE(upyctl(kBenchOperator, {"logs", "mine"}).exit_status, 0);
  ASSERT_EQ(upyctl(kBenchOperator, {"create", "mine"}).exit_status, 0);
  const std::string log = upyctl(kBenchOperator, {"logs", "mine"}).out;
  EXPECT_EQ(log.find("secret"), std::string::npos) << "the name is another's now: " << log;
}

TEST_F(AccessTest, AdministratorsGiveInstancesAway) {
  v1::CreateInstanceRequest request;
  request.set_name("given");
  request.set_persistent(true);
  request.mutable_config()->set_owner("uid:54001");
  upyd().create_instance(request);
  EXPECT_EQ(upyctl(kOperator, {"exec", "-i", "given", "print(1)"}).out, "1\n");
  EXPECT_NE(upyctl(kBenchOperator, {"exec", "-i", "given", "print(1)"}).exit_status, 0);
  v1::UpdateInstanceRequest update;
  update.set_name("given");
  update.mutable_config()->set_owner("uid:54003");
  upyd().update_instance(update);
  EXPECT_NE(upyctl(kOperator, {"exec", "-i", "given", "print(1)"}).exit_status, 0);
  EXPECT_EQ(upyctl(kBenchOperator, {"exec", "-i", "given", "print(1)"}).out, "1\n") << "it holds at once";
}

TEST_F(AccessTest, EventsTellOfWhatIsSeen) {
  Process viewer(as(kViewer, {UPYCTL_PATH, "events", "--json"}), {"UPYD_HOST=" + upyd_.url()});
  Process owner(as(kOperator, {UPYCTL_PATH, "events", "--json"}), {"UPYD_HOST=" + upyd_.url()});
  ASSERT_TRUE(soon([&] {
    upyctl(kOperator, {"create", "probe"});
    upyctl(kOperator, {"rm", "probe"});
    return viewer.prints("probe", kSoon) && owner.prints("probe", kSoon);
  })) << "they watch";
  create("bench-1");
  ASSERT_EQ(upyctl(kOperator, {"create", "last"}).exit_status, 0);
  EXPECT_TRUE(viewer.prints("bench-1"));
  EXPECT_TRUE(owner.prints("last"));
  owner.send_signal(SIGTERM);
  const std::string told = owner.wait().out;
  EXPECT_EQ(told.find("bench-1"), std::string::npos) << told;
  static const std::regex sequence(R"re("sequence":\s*"(\d+)")re");
  int expected = 0;
  for (std::sregex_iterator found(told.begin(), told.end(), sequence), end; found != end; ++found) {
    EXPECT_EQ((*found)[1], std::to_string(++expected)) << "there is no gap where events of others were";
  }
  EXPECT_GT(expected, 0) << told;
}

TEST_F(AccessTest, RulesChangeForConnectionsThatThereAre) {
  ASSERT_EQ(upyctl(kOperator, {"create", "mine"}).exit_status, 0);
  Process console(as(kOperator, {UPYCTL_PATH, "logs", "-f", "mine"}), {"UPYD_HOST=" + upyd_.url()});
  upyd_.reload("");
  ASSERT_TRUE(upyd_.logs("access.rule"));
  const auto refused = upyctl(kOperator, {"exec", "-i", "mine", "print(1)"});
  EXPECT_NE(refused.exit_status, 0);
  EXPECT_NE(refused.err.find("[[access.rule]]"), std::string::npos) << refused.err;
  EXPECT_EQ(upyctl(kAdmin, {"ps", "-q"}).out, "") << "the rule that made them one is gone";
}

/// Descriptors are used again and again: none is taken for that of somebody else.
TEST_F(AccessTest, ConnectionsAreNeverMistaken) {
  constexpr const char* kConnections = "300";
  create("bench-1");
  std::vector<std::unique_ptr<Process>> clients;
  for (int i = 0; i < 6; ++i) {
    const User& user = i % 2 == 0 ? kOperator : kStranger;
    clients.push_back(std::make_unique<Process>(as(user, {CALL_EACH_PATH, upyd_.url(), "bench-1", kConnections})));
  }
  for (size_t i = 0; i < clients.size(); ++i) {
    const std::string said = clients[i]->wait(std::chrono::seconds(120)).out;
    const std::string expected = std::string(kConnections) + (i % 2 == 0 ? " uid:54001 " : " no rule ");
    EXPECT_TRUE(said.starts_with(expected)) << said;
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  }
}

}  // namespace
}  // namespace upyd
