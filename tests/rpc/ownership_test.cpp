#include <fcntl.h>
#include <grpcpp/client_context.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "grpc/health/v1/health.grpc.pb.h"
#include "other_user.h"
#include "rpc_test.h"
#include "support/temporary_directory.h"
#include "upyd/v1/daemon.grpc.pb.h"
#include "upyd/v1/events.grpc.pb.h"
#include "upyd/v1/file.grpc.pb.h"
#include "upyd/v1/gpio.grpc.pb.h"
#include "upyd/v1/instance.grpc.pb.h"
#include "upyd/v1/log.grpc.pb.h"
#include "upyd/v1/script.grpc.pb.h"

/// Names of instances are used again and boards are given away, while calls go on and afterwards: nobody learns what is
/// somebody else's by then, or was, and nobody goes on with what is not theirs any more.
namespace upyd {
namespace {

using grpc::StatusCode;
using test_support::connect_as;

constexpr uid_t kAlice = 54001, kBob = 54002, kCarol = 54003;
constexpr const char* kRules = R"(
[[access.rule]]
who = "user:54001"
role = "operator"
[[access.rule]]
who = "user:54002"
role = "operator"
[[access.rule]]
who = "user:54003"
role = "viewer"
)";

/// Somebody's calls. Each ends after some time in any case.
class Client {
 public:
  explicit Client(const std::shared_ptr<grpc::Channel>& channel)
      : instances_(v1::InstanceService::NewStub(channel)),
        scripts_(v1::ScriptService::NewStub(channel)),
        files_(v1::FileService::NewStub(channel)),
        logs_(v1::LogService::NewStub(channel)),
        gpio_(v1::GpioService::NewStub(channel)),
        events_(v1::EventService::NewStub(channel)),
        daemon_(v1::DaemonService::NewStub(channel)),
        health_(grpc::health::v1::Health::NewStub(channel)) {}

  /// The context of one more call.
  grpc::ClientContext* begin() {
    contexts_.push_back(std::make_unique<grpc::ClientContext>());
    contexts_.back()->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    return contexts_.back().get();
  }
  grpc::Status create(const std::string& name) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    v1::Instance made;
    return instances_->CreateInstance(begin(), request, &made);
  }
  grpc::Status remove(const std::string& name) {
    v1::DeleteInstanceRequest request;
    request.set_name(name);
    request.set_force(true);
    v1::DeleteInstanceResponse nothing;
    return instances_->DeleteInstance(begin(), request, &nothing);
  }
  /// Runs a script to its end, or begins one that is detached; its number.
  uint64_t run(const std::string& instance, const std::string& source, bool detached = false) {
    v1::RunRequest request;
    request.set_instance(instance);
    request.set_source(source);
    request.set_detached(detached);
    const auto run = scripts_->Run(begin(), request);
    uint64_t id = 0;
    for (v1::RunResponse part; run->Read(&part);) {
      for (const auto& event : part.events()) {
        if (event.has_started()) id = event.started().run_id();
      }
    }
    run->Finish();
    return id;
  }
  grpc::Status wait(uint64_t run_id, v1::WaitForRunResponse& response) {
    v1::WaitForRunRequest request;
    request.set_run_id(run_id);
    return scripts_->WaitForRun(begin(), request, &response);
  }
  std::string log_of(const std::string& instance) {
    v1::ReadLogRequest request;
    request.set_instance(instance);
    const auto log = logs_->ReadLog(begin(), request);
    std::string text;
    for (v1::ReadLogResponse part; log->Read(&part);) {
      for (const v1::LogEntry& entry : part.entries()) text += entry.text() + "\n";
    }
    const auto status = log->Finish();
    return status.ok() ? text : status.error_message();
  }
  std::string recent_errors() {
    v1::Status status;
    daemon_->GetStatus(begin(), {}, &status);
    std::string texts;
    for (const v1::ScriptError& error : status.recent_errors()) texts += error.text() + "\n";
    return texts;
  }

  std::unique_ptr<v1::InstanceService::Stub> instances_;
  std::unique_ptr<v1::ScriptService::Stub> scripts_;
  std::unique_ptr<v1::FileService::Stub> files_;
  std::unique_ptr<v1::LogService::Stub> logs_;
  std::unique_ptr<v1::GpioService::Stub> gpio_;
  std::unique_ptr<v1::EventService::Stub> events_;
  std::unique_ptr<v1::DaemonService::Stub> daemon_;
  std::unique_ptr<grpc::health::v1::Health::Stub> health_;

 private:
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts_;
};

/// Reads what is left of a stream, and how it ends.
template <typename Message, typename Stream>
grpc::StatusCode end_of(Stream& stream) {
  for (Message message; stream->Read(&message);) {
  }
  return stream->Finish().error_code();
}

class OwnershipTest : public RpcTest {
 protected:
  explicit OwnershipTest(const std::string& settings = "")
      : RpcTest(settings + kRules + "[instances]\ngpio = [\"*\"]\n") {}

  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    upyd_.let_everyone_in();
    alice_ = std::make_unique<Client>(connect_as(kAlice, {}, upyd_.socket()));
    bob_ = std::make_unique<Client>(connect_as(kBob, {}, upyd_.socket()));
    carol_ = std::make_unique<Client>(connect_as(kCarol, {}, upyd_.socket()));
  }
  /// A board of that name is Alice's.
  void make_board(const std::string& name) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    request.set_persistent(true);
    request.mutable_config()->set_owner("uid:54001");
    upyd().create_instance(request);
  }
  v1::Instance give_to_bob(const std::string& board) {
    v1::UpdateInstanceRequest request;
    request.set_name(board);
    request.mutable_config()->set_owner("uid:54002");
    return upyd().update_instance(request);
  }
  /// The stream has begun.
  template <typename Message, typename Stream>
  static void expect_begun(Stream& stream) {
    Message first;
    EXPECT_TRUE(stream->Read(&first));
  }

  std::unique_ptr<Client> alice_, bob_, carol_;
};

TEST_F(OwnershipTest, WhoTakesANameLearnsNothingOfWhoHadIt) {
  ASSERT_TRUE(alice_->create("x").ok());
  const uint64_t run = alice_->run("x", "raise ValueError('secret')");
  ASSERT_TRUE(alice_->remove("x").ok());
  ASSERT_TRUE(bob_->create("x").ok());
  EXPECT_EQ(bob_->recent_errors(), "");
  EXPECT_EQ(bob_->log_of("x").find("secret"), std::string::npos);
  v1::WaitForRunResponse outcome;
  EXPECT_EQ(bob_->wait(run, outcome).error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_TRUE(alice_->wait(run, outcome).ok()) << "it is still hers";
  EXPECT_NE(alice_->recent_errors().find("secret"), std::string::npos);
}

TEST_F(OwnershipTest, AnOldRunIsStillOnesOwn) {
  ASSERT_TRUE(alice_->create("x").ok());
  const uint64_t run = alice_->run("x", "pass");
  ASSERT_TRUE(alice_->remove("x").ok());
  for (int i = 0; i < 70; ++i) {  // its log is forgotten
    v1::RunRequest request;
    request.mutable_own();
    request.set_source("pass");
    auto other = alice_->scripts_->Run(alice_->begin(), request);
    EXPECT_EQ(end_of<v1::RunResponse>(other), StatusCode::OK);
  }
  v1::WaitForRunResponse outcome;
  EXPECT_TRUE(alice_->wait(run, outcome).ok());
}

TEST_F(OwnershipTest, WhenRunsOfOthersEndIsNotTold) {
  ASSERT_TRUE(alice_->create("x").ok());
  const uint64_t run = alice_->run("x", "import time\ntime.sleep(300)", true);
  v1::WaitForRunResponse outcome;
  EXPECT_EQ(bob_->wait(run, outcome).error_code(), StatusCode::PERMISSION_DENIED) << "at once";
}

TEST_F(OwnershipTest, HealthOfANameIsThatOfNobodyElse) {
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("board/x");
  grpc::health::v1::HealthCheckResponse response;
  const auto health = alice_->health_->Watch(alice_->begin(), request);
  ASSERT_TRUE(health->Read(&response));
  EXPECT_EQ(response.status(), response.SERVICE_UNKNOWN);
  ASSERT_TRUE(bob_->create("x").ok());
  ASSERT_TRUE(bob_->remove("x").ok());
  ASSERT_TRUE(alice_->create("x").ok());
  ASSERT_TRUE(health->Read(&response));
  EXPECT_EQ(response.status(), response.SERVING) << "her own is the first that is told";
  ASSERT_TRUE(alice_->remove("x").ok());
  ASSERT_TRUE(health->Read(&response));
  EXPECT_EQ(response.status(), response.SERVICE_UNKNOWN);
}

TEST_F(OwnershipTest, CallsThatGoOnEndWhenABoardIsGivenAway) {
  make_board("b");
  v1::ConsoleRequest console_of_b;
  console_of_b.set_instance("b");
  const auto console = alice_->scripts_->Console(alice_->begin());
  ASSERT_TRUE(console->Write(console_of_b));
  expect_begun<v1::ConsoleResponse>(console);
  v1::ReadLogRequest follow;
  follow.set_instance("b");
  follow.set_follow(true);
  const auto log = alice_->logs_->ReadLog(alice_->begin(), follow);
  expect_begun<v1::ReadLogResponse>(log);
  grpc::health::v1::HealthCheckRequest health_of_b;
  health_of_b.set_service("board/b");
  const auto health = alice_->health_->Watch(alice_->begin(), health_of_b);
  expect_begun<grpc::health::v1::HealthCheckResponse>(health);
  v1::RunRequest request;
  request.set_instance("b");
  request.set_source("print(1)\nimport time\ntime.sleep(300)");
  const auto run = alice_->scripts_->Run(alice_->begin(), request);
  expect_begun<v1::RunResponse>(run);

  EXPECT_EQ(give_to_bob("b").config().owner(), "uid:54002") << "at once";
  EXPECT_EQ(end_of<v1::ConsoleResponse>(console), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<v1::ReadLogResponse>(log), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<grpc::health::v1::HealthCheckResponse>(health), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<v1::RunResponse>(run), StatusCode::PERMISSION_DENIED);
  EXPECT_TRUE(soon([&] { return bob_->run("b", "pass") != 0; })) << "what she ran is stopped";
}

TEST_F(OwnershipTest, FilesThatAreOnTheirWayDoNotArrive) {
  make_board("b");
  v1::FileInfo info;
  const auto file = alice_->files_->WriteFile(alice_->begin(), &info);
  v1::WriteFileRequest write;
  write.mutable_target()->set_instance("b");
  write.mutable_target()->set_path("/x.py");
  ASSERT_TRUE(file->Write(write));
  v1::DeployFilesResponse deployed;
  const auto deploy = alice_->files_->DeployFiles(alice_->begin(), &deployed);
  v1::DeployFilesRequest part;
  part.mutable_target()->set_instance("b");
  ASSERT_TRUE(deploy->Write(part));

  give_to_bob("b");
  write.set_complete(true);
  file->Write(write);
  EXPECT_EQ(file->Finish().error_code(), StatusCode::PERMISSION_DENIED);
  part.set_deploy(true);
  deploy->WriteLast(part, {});
  EXPECT_EQ(deploy->Finish().error_code(), StatusCode::PERMISSION_DENIED);
  v1::ListFilesRequest list;
  list.set_instance("b");
  const auto files = bob_->files_->ListFiles(bob_->begin(), list);
  for (v1::ListFilesResponse some; files->Read(&some);) EXPECT_TRUE(some.files().empty()) << some.DebugString();
}

TEST_F(OwnershipTest, ADeploymentRestartsNoInstanceOfSomebodyElse) {
  ASSERT_TRUE(alice_->create("x").ok());
  v1::DeployFilesResponse deployed;
  const auto deploy = alice_->files_->DeployFiles(alice_->begin(), &deployed);
  v1::DeployFilesRequest part;
  part.mutable_target()->set_instance("x");
  ASSERT_TRUE(deploy->Write(part));
  v1::GetDiskUsageRequest usage;
  ASSERT_TRUE(alice_->remove("x").ok());
  ASSERT_TRUE(bob_->create("x").ok());
  bob_->run("x", "kept = 1");
  part.set_deploy(true);
  deploy->WriteLast(part, {});
  EXPECT_FALSE(deploy->Finish().ok());
  bob_->run("x", "print('kept', kept)");
  EXPECT_NE(bob_->log_of("x").find("kept 1"), std::string::npos) << bob_->log_of("x");
}

TEST_F(OwnershipTest, TheLogGoesWithTheBoard) {
  make_board("b");
  alice_->run("b", "print('hers')");
  give_to_bob("b");
  bob_->run("b", "print('his')");
  ASSERT_TRUE(bob_->remove("b").ok());
  EXPECT_EQ(alice_->log_of("b").find("his\n"), std::string::npos) << alice_->log_of("b");
  EXPECT_NE(bob_->log_of("b").find("his\n"), std::string::npos) << bob_->log_of("b");
}

TEST_F(OwnershipTest, CallsThatGoOnEndWithTheRulesThatAllowedThem) {
  create("root");
  ASSERT_TRUE(alice_->create("x").ok());
  const auto console = alice_->scripts_->Console(alice_->begin());
  v1::ConsoleRequest own;
  own.mutable_own();
  ASSERT_TRUE(console->Write(own));
  expect_begun<v1::ConsoleResponse>(console);
  const auto input = alice_->scripts_->RunWithInput(alice_->begin());
  v1::RunWithInputRequest run;
  run.mutable_run()->mutable_own();
  run.mutable_run()->set_source("input()");
  ASSERT_TRUE(input->Write(run));
  expect_begun<v1::RunResponse>(input);
  v1::MonitorLinesRequest line;
  line.add_lines("3");
  const auto edges = carol_->gpio_->MonitorLines(carol_->begin(), line);
  expect_begun<v1::MonitorLinesResponse>(edges);
  const auto events = carol_->events_->WatchEvents(carol_->begin(), {});
  expect_begun<v1::WatchEventsResponse>(events);
  v1::ReadLogRequest follow;
  follow.set_instance("root");
  follow.set_follow(true);
  const auto log = carol_->logs_->ReadLog(carol_->begin(), follow);
  expect_begun<v1::ReadLogResponse>(log);

  upyd_.reload("[[access.rule]]\nwho = \"user:54002\"\nrole = \"viewer\"\n");
  EXPECT_EQ(end_of<v1::ConsoleResponse>(console), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<v1::RunResponse>(input), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<v1::MonitorLinesResponse>(edges), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<v1::WatchEventsResponse>(events), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(end_of<v1::ReadLogResponse>(log), StatusCode::PERMISSION_DENIED);
}

TEST_F(OwnershipTest, LinesDoNotTellWhoUsesThemAndAreNotDrivenForOthers) {
  ASSERT_TRUE(alice_->create("hers").ok());
  ASSERT_TRUE(bob_->create("his").ok());
  v1::WatchEventsRequest changes;
  changes.add_kinds(v1::EVENT_KIND_LINE_CHANGED);
  const auto events = bob_->events_->WatchEvents(bob_->begin(), changes);
  expect_begun<v1::WatchEventsResponse>(events);
  alice_->run("hers", "import machine\np = machine.Pin(5, machine.Pin.IN)\nq = machine.Pin(6, machine.Pin.OUT)");
  bob_->run("his", "import machine\np = machine.Pin(5, machine.Pin.IN)");
  const auto line_for = [](Client& client, const std::string& id) {
    v1::ListLinesRequest request;
    request.add_ids(id);
    v1::ListLinesResponse lines;
    client.gpio_->ListLines(client.begin(), request, &lines);
    const v1::Line& line = lines.lines(0);
    std::string holders = line.writer() + ":";
    for (const std::string& reader : line.readers()) holders += " " + reader;
    return holders;
  };
  EXPECT_EQ(line_for(*bob_, "5"), ": ? his");
  EXPECT_EQ(line_for(*bob_, "6"), "?:");
  EXPECT_EQ(line_for(*alice_, "5"), ": ? hers");
  EXPECT_EQ(line_for(*alice_, "6"), "hers:");
  EXPECT_EQ(line_for(*carol_, "5"), ": hers his");
  v1::WatchEventsResponse told;
  ASSERT_TRUE(events->Read(&told));
  EXPECT_EQ(told.DebugString().find("hers"), std::string::npos) << told.DebugString();
  const auto drive = [](Client& client, const std::string& id) {
    v1::DriveLinesRequest request;
    v1::LineDrive& one = *request.add_drives();
    one.set_line(id);
    one.set_drive(v1::DRIVE_HIGH);
    v1::DriveLinesResponse nothing;
    return client.gpio_->DriveLines(client.begin(), request, &nothing).error_code();
  };
  EXPECT_EQ(drive(*bob_, "5"), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(drive(*bob_, "7"), StatusCode::OK);
  ASSERT_TRUE(bob_->remove("his").ok());
  EXPECT_EQ(drive(*alice_, "5"), StatusCode::OK);
}

TEST_F(OwnershipTest, TheAuditSaysWhoDidWhat) {
  ASSERT_TRUE(alice_->create("x").ok());
  EXPECT_TRUE(upyd_.logs("audit: uid:54001 CreateInstance 'x': OK"));
  ASSERT_TRUE(alice_->create("").ok());
  EXPECT_TRUE(upyd_.logs("audit: uid:54001 CreateInstance 'instance-1': OK")) << "the name that upyd chose";
  alice_->run("x", "print('topsecret')");
  EXPECT_TRUE(upyd_.logs("audit: uid:54001 Run 'x': begun"));
  EXPECT_TRUE(upyd_.logs("audit: uid:54001 Run 'x': OK"));
  alice_->log_of("x");
  bob_->log_of("x");
  EXPECT_TRUE(upyd_.logs("audit: uid:54002 ReadLog 'x': PERMISSION_DENIED"));
  EXPECT_FALSE(bob_->remove("x").ok());
  EXPECT_TRUE(upyd_.logs("audit: uid:54002 DeleteInstance 'x': PERMISSION_DENIED"));
  EXPECT_FALSE(Client(connect_as(54009, {}, upyd_.socket())).create("y").ok());
  EXPECT_TRUE(upyd_.logs("audit: nobody connects, and is uid:54009: PERMISSION_DENIED"));
  EXPECT_FALSE(upyd_.logs("topsecret", std::chrono::milliseconds(0)));
  EXPECT_FALSE(upyd_.logs("uid:54001 ReadLog", std::chrono::milliseconds(0))) << "who only looks is not in it";
}

TEST_F(OwnershipTest, ATerminalIsTheOwnersAndIsHungUpWhenTheBoardIsGivenAway) {
  v1::CreateInstanceRequest request;
  request.set_name("b");
  request.set_persistent(true);
  request.mutable_config()->set_owner("uid:54001");
  request.mutable_config()->mutable_tty()->set_enabled(true);
  const std::string path = upyd().create_instance(request).tty();
  const auto owner = [&] {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 ? status.st_uid : 0;
  };
  EXPECT_EQ(owner(), kAlice);
  const int terminal = open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_GE(terminal, 0);
  give_to_bob("b");
  pollfd waiting{terminal, 0, 0};
  EXPECT_EQ(poll(&waiting, 1, 20'000), 1) << "it is hung up";
  close(terminal);
  EXPECT_TRUE(soon([&] { return owner() == kBob; }));
}

TEST_F(OwnershipTest, WhoGetsARoleHasItOnTheNextConnectionAtTheLatest) {
  const std::string socket = upyd_.socket();
  Client stranger(connect_as(54009, {}, socket));
  EXPECT_EQ(stranger.create("x").error_code(), StatusCode::PERMISSION_DENIED);
  upyd_.reload("[[access.rule]]\nwho = \"user:54009\"\nrole = \"operator\"\n");
  EXPECT_TRUE(soon([&] { return stranger.create("x").error_code() == StatusCode::UNAVAILABLE; }))
      << "the connection ends, and clients make another";
  EXPECT_TRUE(Client(connect_as(54009, {}, socket)).create("x").ok());
}

/// With declared boards.
class DeclaredOwnershipTest : public OwnershipTest {
 protected:
  DeclaredOwnershipTest() : OwnershipTest("instances_dir = \"" + directory().path().string() + "\"\n") {}
  static test_support::TemporaryDirectory& directory() {
    static test_support::TemporaryDirectory directory;
    return directory;
  }
  void declare(const std::string& owner) {
    std::ofstream(directory().file("d.toml")) << "owner = \"" << owner << "\"\n";
    upyd_.send_signal(SIGHUP);
  }
  bool may_run(Client& client) { return client.run("d", "print(1)") != 0; }
};

TEST_F(DeclaredOwnershipTest, TheOwnerOfADeclaredBoardIsThatOfItsFile) {
  declare("uid:54001");
  ASSERT_TRUE(soon([&] { return may_run(*alice_); }));
  EXPECT_FALSE(may_run(*bob_));
  v1::ReadLogRequest follow;
  follow.set_instance("d");
  follow.set_follow(true);
  const auto log = alice_->logs_->ReadLog(alice_->begin(), follow);
  expect_begun<v1::ReadLogResponse>(log);
  declare("uid:54002");
  EXPECT_EQ(end_of<v1::ReadLogResponse>(log), StatusCode::PERMISSION_DENIED);
  EXPECT_TRUE(soon([&] { return may_run(*bob_); }));
  EXPECT_FALSE(may_run(*alice_));
  declare("user:no such user");
  EXPECT_TRUE(upyd_.logs("there is no user 'user:no such user'"));
  EXPECT_TRUE(may_run(*bob_)) << "a file with a fault changes nothing";
  std::filesystem::remove(directory().file("d.toml"));
  upyd_.send_signal(SIGHUP);
  ASSERT_TRUE(upyd_.logs("not declared any more: d"));
  EXPECT_NE(bob_->log_of("d").find("1\n"), std::string::npos) << "it was his";
  EXPECT_EQ(alice_->log_of("d").find("1\n"), std::string::npos) << alice_->log_of("d");
}

}  // namespace
}  // namespace upyd
