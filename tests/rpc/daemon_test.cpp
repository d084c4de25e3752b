#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;

class DaemonTest : public RpcTest {
 protected:
  int stop(int signal = SIGTERM) {
    upyd_.send_signal(signal);
    return upyd_.wait().exit_status;
  }
};

TEST_F(DaemonTest, TellsItsStatus) {
  create("a");
  run(in("a", ""));
  run(alone(""));
  const auto status = upyd().get_status();
  EXPECT_FALSE(status.version().empty());
  EXPECT_EQ(status.pid(), static_cast<uint32_t>(upyd_.id()));
  EXPECT_EQ(status.instances(), 1u);
  EXPECT_EQ(status.running(), 0u);
  EXPECT_EQ(status.runs(), 2u);
  EXPECT_FALSE(status.draining());
  EXPECT_GT(status.resident_bytes(), 1u << 20);
  EXPECT_GT(status.default_config().heap_bytes(), 0u);
}

/// Whoever asks for a run of an earlier upyd is not told of another one.
TEST(RunIdsTest, OutliveUpyd) {
  const test_support::TemporaryDirectory state;
  const auto run = [](test_support::UpydProcess& upyd) {
    v1::RunRequest request;
    request.mutable_own();
    request.set_source("1");
    auto stream = upyd.connection().run(request);
    v1::RunEvent event;
    uint64_t id = 0;
    while (stream.read(event)) id = std::max(id, event.started().run_id());
    return id;
  };
  const auto refusal = [](test_support::UpydProcess& upyd, uint64_t id) -> std::string {
    v1::WaitForRunRequest request;
    request.set_run_id(id);
    try {
      upyd.connection().wait_for_run(request);
    } catch (const upyclient::Error& error) {
      EXPECT_EQ(error.code(), StatusCode::NOT_FOUND);
      return error.what();
    }
    return "";
  };
  uint64_t last = 0;
  for (const int signal : {SIGKILL, SIGTERM, SIGKILL}) {
    test_support::UpydProcess upyd("", state.path());
    if (last > 0) {
      const std::string id = std::to_string(last);
      EXPECT_EQ(refusal(upyd, last),
                "run " + id +
                    " was before this start of upyd, which knows how runs ended since then; the log of its "
                    "instance may tell (upyctl logs NAME --run " +
                    id + ")");
    }
    EXPECT_EQ(refusal(upyd, 1'000'000'000), "there was no run 1000000000 yet");
    const uint64_t first = run(upyd);
    EXPECT_GT(first, last);
    last = run(upyd);
    EXPECT_EQ(last, first + 1);
    EXPECT_EQ(refusal(upyd, last), "");
    upyd.send_signal(signal);
    upyd.wait();
  }
  EXPECT_LT(last, 10'000u) << "and they can be typed";
}

TEST_F(DaemonTest, IsHealthy) {
  EXPECT_EQ(upyd().check_health().status(), grpc::health::v1::HealthCheckResponse::SERVING);
}

TEST_F(DaemonTest, TheSocketIsForOwnerAndGroup) {
  struct stat status {};
  ASSERT_EQ(stat(upyd().address().path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0660u);
}

TEST_F(DaemonTest, ASignalEndsIt) {
  create("a");
  EXPECT_EQ(stop(SIGTERM), 0);
}

TEST_F(DaemonTest, RemovesItsSocket) {
  const std::string path = upyd().address().path();
  EXPECT_EQ(stop(SIGINT), 0);
  EXPECT_NE(access(path.c_str(), F_OK), 0);
  EXPECT_NE(access((path + ".lock").c_str(), F_OK), 0);
}

TEST_F(DaemonTest, DrainingInterruptsScripts) {
  auto stream =
      upyd().run(alone("try:\n"
                       "    print('on')\n"
                       "    while True: pass\n"
                       "finally:\n"
                       "    print('safe')"));
  auto record = read_until(stream, "on");
  upyd_.send_signal(SIGTERM);
  record = finish(stream, std::move(record));
  EXPECT_EQ(record.out, "on\nsafe\n");
  EXPECT_TRUE(record.outcome.has_interrupted());
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

constexpr const char* kStubborn =
    "print('on')\n"
    "while True:\n"
    "    try:\n"
    "        while True: pass\n"
    "    except KeyboardInterrupt:\n"
    "        print('no')\n";

TEST_F(DaemonTest, DrainingKillsWhatGoesOn) {
  create("a");
  auto stream = upyd().run(in("a", kStubborn));
  read_until(stream, "on");
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(finish(stream).outcome.killed().limit(), v1::Killed::LIMIT_SHUTDOWN);
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

class PatientDaemonTest : public RpcTest {
 protected:
  PatientDaemonTest() : RpcTest("grace_ms = 600000\n") {}
};

TEST_F(PatientDaemonTest, RefusesNewWorkUntilASecondSignalKills) {
  create("a");
  create("b");
  auto stream = upyd().run(in("a", kStubborn));
  read_until(stream, "on");
  upyd_.send_signal(SIGTERM);
  read_until(stream, "no");
  EXPECT_TRUE(upyd().get_status().draining());
  EXPECT_EQ(upyd().check_health().status(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(code_of([&] { run(in("b", "")); }), StatusCode::UNAVAILABLE);
  EXPECT_EQ(code_of([&] { run(alone("")); }), StatusCode::UNAVAILABLE);
  EXPECT_EQ(code_of([&] { create("c"); }), StatusCode::UNAVAILABLE);
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(finish(stream).outcome.killed().limit(), v1::Killed::LIMIT_SHUTDOWN);
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

TEST_F(DaemonTest, ASecondDaemonDoesNotTakeTheSocket) {
  const auto second = test_support::run_process({UPYD_PATH, "--listen", upyd_.url()});
  EXPECT_EQ(second.exit_status, 1);
  EXPECT_NE(second.err.find("process " + std::to_string(upyd_.id()) + " holds it"), std::string::npos) << second.err;
  EXPECT_EQ(upyd().check_health().status(), grpc::health::v1::HealthCheckResponse::SERVING);
}

TEST_F(DaemonTest, AsAServiceItListensInItsRuntimeDirectory) {
  const test_support::TemporaryDirectory directory;
  const std::string path = directory.path();
  test_support::Process service({UPYD_PATH, "--config", "/dev/null"}, {"RUNTIME_DIRECTORY=" + path});
  EXPECT_TRUE(soon([&] { return std::filesystem::exists(path + "/upyd.sock"); }));
  service.send_signal(SIGTERM);
  EXPECT_EQ(service.wait().exit_status, 0);
}

/// The time that a thread runs before another gets its turn, nanoseconds; 0: the kernel does not tell.
uint64_t slice_of(pid_t thread) {
  struct {  // sched_attr of sched_getattr(2)
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
  } attributes{};
  return syscall(SYS_sched_getattr, thread, &attributes, sizeof attributes, 0) == 0 ? attributes.runtime : 0;
}

/// The threads of the daemon that have that name.
std::vector<int> threads_named(int process, const std::string& name) {
  std::vector<int> threads;
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
    std::string own;
    std::getline(std::ifstream(task.path() / "comm") >> std::ws, own);
    if (own == name) threads.push_back(std::stoi(task.path().filename()));
  }
  return threads;
}

TEST_F(DaemonTest, BusyScriptsGiveWayToWhoWakesUp) {
  if (slice_of(upyd_.id()) == 0) GTEST_SKIP() << "the kernel gives all threads the same slices";
  create("a");
  std::vector<int> threads;  // a thread gives itself its name and its slice when it begins
  ASSERT_TRUE(soon([&] { return (threads = threads_named(upyd_.id(), "upy:a")).size() == 1; }));
  EXPECT_TRUE(soon([&] { return slice_of(threads[0]) > slice_of(upyd_.id()); }));
}

/// The names of the services, asked for as grpc.reflection.v1alpha's list_services, byte for byte.
std::string list_services(const Address& address) {
  constexpr const char* kMethod = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  const grpc::Slice question("\x3a\x01*");
  const grpc::ByteBuffer request(&question, 1);
  grpc::GenericStub stub(grpc::CreateChannel(address.grpc_target(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::ByteBuffer response;
  grpc::Status status;
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
  };
  const auto stream = stub.PrepareCall(&context, kMethod, &queue);
  stream->StartCall(nullptr);
  wait();
  stream->WriteLast(request, {}, nullptr);
  wait();
  stream->Read(&response, nullptr);
  wait();
  stream->Finish(&status, nullptr);
  wait();
  std::vector<grpc::Slice> slices;
  response.Dump(&slices);
  std::string answer;
  for (const grpc::Slice& slice : slices) answer.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return answer;
}

TEST_F(DaemonTest, ReflectionListsTheServices) {
  const std::string names = list_services(upyd().address());
  for (const char* name : {"upyd.v1.InstanceService", "upyd.v1.ScriptService", "upyd.v1.GpioService",
                           "upyd.v1.DaemonService", "grpc.health.v1.Health"}) {
    EXPECT_NE(names.find(name), std::string::npos) << name;
  }
}

/// The socket that a service manager listens on.
class NotifySocket {
 public:
  NotifySocket() : descriptor_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{.sun_family = AF_UNIX};
    std::strncpy(address.sun_path, path().c_str(), sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    const timeval patience{.tv_sec = 10};
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  }
  ~NotifySocket() { close(descriptor_); }

  std::string path() const { return directory_.file("notify"); }
  std::string socket_for_upyd() const { return "unix://" + directory_.file("upyd.sock"); }
  std::string receive() {
    char text[200];
    const ssize_t size = recv(descriptor_, text, sizeof(text), 0);
    return std::string(text, size < 0 ? 0 : static_cast<size_t>(size));
  }

 private:
  const test_support::TemporaryDirectory directory_;
  const int descriptor_;
};

TEST(ServiceManagerTest, IsTold) {
  NotifySocket socket;
  test_support::Process upyd({UPYD_PATH, "--listen", socket.socket_for_upyd()},
                             {"NOTIFY_SOCKET=" + socket.path(), "WATCHDOG_USEC=100000"});
  EXPECT_EQ(socket.receive().rfind("READY=1", 0), 0u);
  EXPECT_EQ(socket.receive(), "WATCHDOG=1");
  EXPECT_EQ(socket.receive(), "WATCHDOG=1");
  upyd.send_signal(SIGTERM);
  std::string message;
  do message = socket.receive();
  while (message == "WATCHDOG=1");
  EXPECT_EQ(message.rfind("STOPPING=1", 0), 0u);
  EXPECT_EQ(upyd.wait().exit_status, 0);
}

TEST(CommandLineTest, MistakesAreTold) {
  const auto run = [](const std::vector<std::string>& flags) {
    std::vector<std::string> arguments = {UPYD_PATH};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return test_support::run_process(arguments);
  };
  EXPECT_NE(run({"--listen", "http://x"}).err.find("unix://"), std::string::npos);
  EXPECT_NE(run({"--listen", "tcp://0.0.0.0:7533"}).err.find("loopback"), std::string::npos);
  EXPECT_EQ(run({"--config", "/dev/null", "--check-config"}).out, "/dev/null is right\n");
  EXPECT_EQ(run({"--config", "/dev/null", "--check-config"}).exit_status, 0);
  EXPECT_EQ(run({"--config", "/nowhere", "--check-config"}).exit_status, 78);
  const test_support::TemporaryDirectory boards;
  const std::vector<std::string> check = {"--config", "/dev/null", "--instances-dir", boards.path(), "--check-config"};
  EXPECT_EQ(run(check).out, "/dev/null is right\n");
  std::ofstream(boards.file("one.toml")) << "heap = 1\n";
  std::ofstream(boards.file("two.toml")) << "\nenabled = 1\n";
  EXPECT_EQ(run(check).exit_status, 78);
  EXPECT_NE(run(check).err.find("upyd: " + boards.file("one.toml") + ":1: there is no setting 'heap'"),
            std::string::npos);
  EXPECT_NE(run(check).err.find("upyd: " + boards.file("two.toml") + ":2: 'enabled' must be true or false\n"),
            std::string::npos);
  EXPECT_NE(run({"--config", "/nowhere"}).err.find("/nowhere"), std::string::npos);
  EXPECT_EQ(run({"--config", "/nowhere"}).exit_status, 78) << "as sysexits.h has it";
  EXPECT_NE(run({"--log-level", "loud"}).err.find("loud"), std::string::npos);
  EXPECT_NE(run({"--mount", "/host=/nowhere", "--listen", "unix:///tmp/upyd-test-unused.sock"})
                .err.find("cannot mount '/nowhere' for scripts: No such file or directory; make it"),
            std::string::npos);
  EXPECT_EQ(run({"--mount", "/nowhere"}).exit_status, 78);
  EXPECT_EQ(run({"--nonsense"}).exit_status, 2);
  EXPECT_EQ(run({"--listen"}).exit_status, 2);
  EXPECT_EQ(run({"--help"}).exit_status, 0);
  EXPECT_EQ(run({"--version"}).exit_status, 0);
}

/// Scripts that see a directory of the host.
class MountedDirectoryTest : public RpcTest {
 protected:
  MountedDirectoryTest()
      : RpcTest("[[files.mount]]\nat = \"/host\"\ndirectory = \"" + root().path().string() + "\"\n") {}

  static const test_support::TemporaryDirectory& root() {
    static const test_support::TemporaryDirectory directory;
    return directory;
  }
};

TEST_F(MountedDirectoryTest, ScriptsImportFromIt) {
  std::ofstream(root().file("helper.py")) << "answer = 42\n";
  auto request = alone("import helper\nprint(helper.answer)");
  request.mutable_own()->mutable_config()->add_path("/host");
  EXPECT_EQ(run(request).out, "42\n");
  request.mutable_own()->mutable_config()->set_mounts(v1::MOUNT_ACCESS_NONE);
  EXPECT_EQ(run(request).outcome.exception().type(), "ImportError");
  EXPECT_EQ(run(alone("open('/etc/passwd')")).outcome.exception().type(), "OSError");
}

TEST_F(MountedDirectoryTest, TellsWhyItRefuses) {
  EXPECT_EQ(run(alone("open('new', 'w')")).outcome.exception().message(),
            "[Errno 30] EROFS: an instance that is made for one run has no files of its own");
  EXPECT_EQ(run(alone("open('/host/new', 'w')")).outcome.exception().message(),
            "[Errno 30] EROFS: this instance may only read these files");
}

}  // namespace
}  // namespace upyd
