#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "rpc_test.h"
#include "support/sanitizers.h"
#include "support/socket_talk.h"
#include "upyd/v1/events.grpc.pb.h"
#include "upyd/v1/instance.grpc.pb.h"

/// A daemon that lacks something: descriptors, memory, threads, room on a disk, a reader of its log.
namespace upyd {
namespace {

using grpc::StatusCode;
using test_support::connect_to;

void limit(pid_t process, __rlimit_resource resource, rlim_t value) {
  const rlimit limits{value, value};
  ASSERT_EQ(prlimit(process, resource, &limits, nullptr), 0);
}

class WantTest : public RpcTest {
 protected:
  explicit WantTest(const std::string& config = "grace_ms = 300\n") : RpcTest(config) {}

  /// A connection of its own, as a client that comes now has it.
  bool serves_a_new_client() {
    upyclient::Connection connection(upyd().address());
    return connection.check_health().status() == grpc::health::v1::HealthCheckResponse::SERVING;
  }
};

class FilesWantTest : public WantTest {
 protected:
  FilesWantTest()
      : WantTest("[[files.mount]]\nat = \"/host\"\ndirectory = \"" + root().path().string() +
                 "\"\naccess = \"write\"\n[instances]\nmounts = \"write\"\n") {
    std::ofstream(root().file("f")) << "x";
  }
  static const test_support::TemporaryDirectory& root() {
    static const test_support::TemporaryDirectory directory;
    return directory;
  }
};

constexpr const char* kOpensFiles =
    "files = []\n"
    "try:\n"
    "    for i in range(20000): files.append(open('/host/f'))\n"
    "except OSError as e:\n"
    "    print(len(files), e)\n";

TEST_F(FilesWantTest, AScriptOpensSoManyFiles) {
  EXPECT_EQ(run(alone(kOpensFiles)).out,
            "64 [Errno 24] EMFILE: this instance has as many files open as its max_files, 64; close some, or create it "
            "with more\n");
  auto request = alone(kOpensFiles);
  request.mutable_own()->mutable_config()->set_max_files(3);
  EXPECT_TRUE(run(request).out.starts_with("3 [Errno 24] EMFILE"));
}

TEST_F(FilesWantTest, ScriptsDoNotTakeTheLastDescriptors) {
  limit(upyd_.id(), RLIMIT_NOFILE, 200);
  v1::InstanceConfig config;
  config.set_max_files(65536);
  create("a", config);
  EXPECT_NE(run(in("a", kOpensFiles)).out.find("upyd has no file descriptor left"), std::string::npos);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(serves_a_new_client());
  EXPECT_EQ(run(in("a", "from machine import Timer\nt = Timer(period=1, callback=print)")).outcome.exception().type(),
            "OSError");
  EXPECT_EQ(run(in("a", "for f in files: f.close()\nprint(open('/host/f').read())")).out, "x\n");
}

TEST_F(FilesWantTest, AFileThatMayNotGrowIsAnErrorOfTheScript) {
  limit(upyd_.id(), RLIMIT_FSIZE, 1000);
  EXPECT_EQ(run(alone("f = open('/host/g', 'wb')\n"
                      "try:\n"
                      "    for i in range(100): f.write(bytes(100))\n"
                      "except OSError as e:\n"
                      "    print(i, e)"))
                .out,
            "10 27\n");
  EXPECT_TRUE(serves_a_new_client());
}

TEST_F(WantTest, ConnectionsThatTakeAllDescriptorsAreRefusedAndForgotten) {
  create("a");
  limit(upyd_.id(), RLIMIT_NOFILE, 200);
  std::vector<int> connections;
  for (int i = 0; i < 400; ++i) connections.push_back(connect_to(upyd().address().path()));
  EXPECT_EQ(run(alone("print(1)")).out, "1\n") << "who is connected is served";
  for (const int connection : connections) close(connection);
  EXPECT_TRUE(soon([&] { return code_of([&] { serves_a_new_client(); }) == StatusCode::OK; }));
}

/// More than upyd takes when it holds little; sanitizers keep what was freed for a while.
constexpr uint64_t kLittleResident = kSanitized ? 256u << 20 : 64u << 20;

TEST_F(WantTest, WithoutAddressSpaceItAnswers) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer takes terabytes of address space for itself";
  limit(upyd_.id(), RLIMIT_AS, 3ull << 30);
  v1::InstanceConfig config;
  config.set_heap_bytes(8ull << 30);
  EXPECT_EQ(code_of([&] { create("large", config); }), StatusCode::RESOURCE_EXHAUSTED);
  config.set_heap_bytes(64u << 20);
  int made = 0;
  StatusCode code = StatusCode::OK;
  while (code == StatusCode::OK && made < 100) code = code_of([&] { create("a" + std::to_string(made++), config); });
  EXPECT_EQ(code, StatusCode::RESOURCE_EXHAUSTED);
  v1::CompileRequest large;
  large.set_source("x = '" + std::string(8 << 20, 'x') + "'");
  for (int i = 0; i < 3; ++i) code_of([&] { upyd().compile(large); });
  EXPECT_EQ(run(in("a0", "print(1)")).out, "1\n");
  code_of([&] { run(in("a1", "raise ValueError('x' * 50_000_000)")); });
  EXPECT_EQ(run(in("a2", "print(1)")).out, "1\n");
  remove("a0");
  EXPECT_EQ(run(alone("print(2)")).out, "2\n");
  EXPECT_TRUE(serves_a_new_client());
}

TEST_F(WantTest, ALogOnAFullDiskIsNoReasonToEnd) {
  const test_support::TemporaryDirectory directory;
  const std::string command = "exec " UPYD_PATH " --listen unix://" + directory.file("s") + " >/dev/full 2>&1";
  test_support::Process process({"/bin/sh", "-c", command});
  upyclient::Connection connection(Address::parse("unix://" + directory.file("s")));
  EXPECT_TRUE(soon([&] { return code_of([&] { connection.check_health(); }) == StatusCode::OK; }));
  process.send_signal(SIGTERM);
  EXPECT_EQ(process.wait().exit_status, 0);
}

TEST_F(WantTest, ALogWithoutAReaderIsNoReasonToEnd) {
  const test_support::TemporaryDirectory directory;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  const std::string path = directory.file("s");
  const std::string command =
      "exec " UPYD_PATH " --log-level debug --listen unix://" + path + " 2>/proc/self/fd/" + std::to_string(ends[1]);
  test_support::Process process({"/bin/sh", "-c", command});
  close(ends[1]);
  upyclient::Connection connection(Address::parse("unix://" + path));
  EXPECT_TRUE(soon([&] { return code_of([&] { connection.check_health(); }) == StatusCode::OK; }));
  close(ends[0]);
  process.send_signal(SIGHUP);
  EXPECT_EQ(connection.check_health().status(), grpc::health::v1::HealthCheckResponse::SERVING);
  process.send_signal(SIGTERM);
  EXPECT_EQ(process.wait().exit_status, 0);
}

TEST_F(WantTest, AHangUpHasItReload) {
  create("a");
  upyd_.send_signal(SIGHUP);
  EXPECT_EQ(run(in("a", "print(1)")).out, "1\n");
  upyd_.send_signal(SIGTERM);
  const auto end = upyd_.wait();
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_NE(end.err.find("reloaded, nothing has changed"), std::string::npos) << end.err;
}

/// A daemon whose state is on a disk of 2 MiB, which only it sees.
class SmallDiskTest : public testing::Test {
 protected:
  void SetUp() override { start("size=2m"); }

  void start(const std::string& disk) {
    const std::string state = directory_.file("state");
    std::filesystem::create_directory(state);
    const std::string mount = "mount -t tmpfs -o " + disk + " none '" + state + "'";
    if (test_support::run_process({"/usr/bin/unshare", "-rm", "/bin/sh", "-c", mount}).exit_status != 0) {
      GTEST_SKIP() << "the system lets nobody mount a file system here";
    }
    const std::string command = mount + " && exec " UPYD_PATH " --listen " + url_ + " --state '" + state + "'";
    process_.emplace(std::vector<std::string>{"/usr/bin/unshare", "-rm", "/bin/sh", "-c", command});
    connection_.emplace(Address::parse(url_));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
      try {
        v1::CreateInstanceRequest request;
        request.set_name("a");
        connection_->create_instance(request);
        return;
      } catch (const upyclient::Error&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
    FAIL() << "it does not start";
  }

  void write(const std::string& path, size_t size) {
    v1::WriteFileRequest::Target target;
    target.set_instance("a");
    target.set_path(path);
    auto writer = connection_->write_file(target);
    writer.write(std::string(size, 'x'));
    writer.complete();
  }
  uint64_t size_of(const std::string& path) {
    v1::StatFileRequest request;
    request.set_instance("a");
    request.set_path(path);
    return connection_->stat_file(request).size();
  }
  std::string output(const std::string& script) {
    v1::RunRequest request;
    request.set_instance("a");
    request.set_source(script);
    std::string text;
    auto stream = connection_->run(request);
    for (v1::RunEvent event; stream.read(event);) text += event.output().data();
    return text;
  }

  const test_support::TemporaryDirectory directory_;
  const std::string url_ = "unix://" + directory_.file("upyd.sock");
  std::optional<test_support::Process> process_;
  std::optional<upyclient::Connection> connection_;
};

TEST_F(SmallDiskTest, AFullDiskLeavesFilesAsTheyWere) {
  write("f", 1 << 20);
  try {
    write("f", 3 << 20);
    FAIL() << "it was written";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_STREQ(error.what(), "'f': the disk is full");
  }
  EXPECT_EQ(size_of("f"), 1u << 20);
  EXPECT_EQ(output("try:\n"
                   "    with open('g', 'wb') as g:\n"
                   "        while True: g.write(bytes(65536))\n"
                   "except OSError as e: print(e.errno)\n"),
            "28\n");
  EXPECT_EQ(output("import os\nos.remove('g')\nprint(os.listdir())"), "['f']\n");
  write("f", 512 << 10);
  EXPECT_EQ(size_of("f"), 512u << 10);
  process_->send_signal(SIGTERM);
  EXPECT_EQ(process_->wait().exit_status, 0);
}

/// The same, but it has room for few files.
class FewInodesTest : public SmallDiskTest {
 protected:
  void SetUp() override { start("size=2m,nr_inodes=40"); }
};

TEST_F(FewInodesTest, ADiskThatCanHoldNoMoreFilesSaysSo) {
  std::string told;
  for (int i = 0; i < 40 && told.empty(); ++i) {
    try {
      write("f" + std::to_string(i), 1);
    } catch (const upyclient::Error& error) {
      EXPECT_EQ(error.code(), StatusCode::RESOURCE_EXHAUSTED);
      told = error.what();
    }
  }
  EXPECT_TRUE(told.ends_with("': the disk has no inodes left for further files; remove some, whatever their size"))
      << told;
  const std::string text =
      "[Errno 28] ENOSPC: the disk has no inodes left for further files; remove some, whatever "
      "their size\n";
  EXPECT_EQ(output("try: open('g', 'w')\nexcept OSError as e: print(e)\n"), text);
  EXPECT_EQ(output("import os\ntry: os.mkdir('d')\nexcept OSError as e: print(e)\n"), text);
  process_->send_signal(SIGTERM);
  EXPECT_EQ(process_->wait().exit_status, 0);
}

/// It is stopped, and started, though that can't be remembered.
TEST_F(SmallDiskTest, OnAFullDiskABoardIsStoppedAllTheSame) {
  v1::CreateInstanceRequest create;
  create.set_name("b");
  create.set_persistent(true);
  connection_->create_instance(create);
  output(
      "try:\n"
      "    with open('g', 'wb') as g:\n"
      "        while True: g.write(bytes(4096))\n"
      "except OSError: pass\n");
  const auto refusal = [](const std::function<void()>& call) -> std::string {
    try {
      call();
    } catch (const upyclient::Error& error) {
      EXPECT_EQ(error.code(), StatusCode::INTERNAL);
      return error.what();
    }
    return "";
  };
  const auto state = [&] {
    v1::GetInstanceRequest get;
    get.set_name("b");
    return connection_->get_instance(get).state();
  };
  v1::StopInstanceRequest stop;
  v1::StartInstanceRequest start;
  v1::UpdateInstanceRequest update;
  stop.set_name("b"), start.set_name("b"), update.set_name("b");
  update.set_enabled(false);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(refusal([&] { connection_->stop_instance(stop); })
                    .starts_with("board 'b' is down, but upyd can't remember that (No space left on device): when upyd "
                                 "starts the next time it is started;"));
    EXPECT_EQ(state(), v1::INSTANCE_STATE_STOPPED);
  }
  EXPECT_TRUE(refusal([&] { connection_->start_instance(start); }).starts_with("board 'b' is up, but upyd can't"));
  EXPECT_EQ(state(), v1::INSTANCE_STATE_UP);
  EXPECT_TRUE(refusal([&] { connection_->update_instance(update); }).ends_with("; nothing was changed"));
  output("import os\nos.remove('g')");
  connection_->stop_instance(stop);
  connection_->start_instance(start);
  EXPECT_FALSE(connection_->update_instance(update).enabled());
}

/// A daemon of a user other than root, for whom the system counts threads.
class ThreadsTest : public testing::Test {
 protected:
  static constexpr int kThreads = 30;

  ThreadsTest() { std::filesystem::permissions(directory_.path(), std::filesystem::perms::all); }
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  }

  std::vector<std::string> as_user(const std::vector<std::string>& command) const {
    std::vector<std::string> all = {"/usr/bin/setpriv", "--reuid", user_, "--regid", user_, "--clear-groups"};
    all.insert(all.end(), command.begin(), command.end());
    return all;
  }
  std::vector<std::string> upyd(int threads) const {
    std::vector<std::string> all = {"/usr/bin/prlimit", "--nproc=" + std::to_string(threads)};
    const auto command = as_user({UPYD_PATH, "--listen", url_});
    all.insert(all.end(), command.begin(), command.end());
    return all;
  }
  static StatusCode code_of(const std::function<void()>& call) {
    try {
      call();
    } catch (const upyclient::Error& error) {
      return error.code();
    }
    return StatusCode::OK;
  }

  const test_support::TemporaryDirectory directory_;
  const std::string url_ = "unix://" + directory_.file("s");
  const std::string user_ = std::to_string(60000 + getpid() % 5000);
};

TEST_F(ThreadsTest, WithTooFewItTellsWhatItNeeds) {
  const auto end = test_support::run_process(upyd(5));
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_NE(end.err.find("TasksMax="), std::string::npos) << end.err;
}

TEST_F(ThreadsTest, WithoutMoreItAnswersAndEnds) {
  test_support::Process process(upyd(kThreads));
  upyclient::Connection connection(Address::parse(url_));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (code_of([&] { connection.check_health(); }) != StatusCode::OK) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  v1::CreateInstanceRequest request;
  request.set_name("a");
  connection.create_instance(request);
  std::vector<std::unique_ptr<test_support::Process>> others;  // of that user: what the daemon gives back they have
  for (int i = 0; i < kThreads; ++i) {
    others.push_back(std::make_unique<test_support::Process>(as_user({"/bin/sleep", "60"})));
  }
  request.set_name("b");
  while (code_of([&] { connection.create_instance(request); }) == StatusCode::OK)
    request.set_name(request.name() + "b");
  EXPECT_EQ(code_of([&] { connection.create_instance(request); }), StatusCode::RESOURCE_EXHAUSTED);
  v1::RunRequest script;
  script.set_instance("a");
  script.set_source("print(1)\nwhile True: pass");
  auto stream = connection.run(script);
  std::string out;
  for (v1::RunEvent event; out.empty() && stream.read(event);) out += event.output().data();
  EXPECT_EQ(out, "1\n");
  std::vector<upyclient::WatchStream> watches;
  for (int i = 0; i < 6; ++i) watches.push_back(connection.watch_events({}));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(code_of([&] { connection.get_status(); }), StatusCode::OK);
  process.send_signal(SIGTERM);
  EXPECT_EQ(process.wait().exit_status, 0);
}

TEST(RacesTest, OfManyDaemonsOneListens) {
  for (int i = 0; i < 25; ++i) {
    const test_support::TemporaryDirectory directory;
    const std::string path = directory.file("s");
    std::vector<std::unique_ptr<test_support::Process>> daemons;
    for (int n = 0; n < 2; ++n) {
      daemons.push_back(
          std::make_unique<test_support::Process>(std::vector<std::string>{UPYD_PATH, "--listen", "unix://" + path}));
    }
    int ended = -1;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (ended < 0) {
      for (int n = 0; n < 2; ++n) {
        if (!daemons[n]->runs()) ended = n;
      }
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "both run";
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const auto loser = daemons[ended]->wait();
    EXPECT_EQ(loser.exit_status, 1);
    EXPECT_NE(loser.err.find(" holds it"), std::string::npos) << loser.err;
    upyclient::Connection connection(Address::parse("unix://" + path));
    int descriptor = -1;
    while ((descriptor = connect_to(path)) < 0) ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    close(descriptor);
    EXPECT_EQ(connection.get_status().pid(), static_cast<uint32_t>(daemons[1 - ended]->id()));
    daemons[1 - ended]->send_signal(SIGTERM);
    EXPECT_EQ(daemons[1 - ended]->wait().exit_status, 0);
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
  }
}

TEST_F(WantTest, AKilledDaemonIsNoHindrance) {
  upyd_.send_signal(SIGKILL);
  upyd_.wait();
  ASSERT_TRUE(std::filesystem::exists(upyd().address().path())) << "it leaves its socket behind";
  test_support::Process next({UPYD_PATH, "--listen", upyd_.url()});
  EXPECT_TRUE(soon([&] { return code_of([&] { serves_a_new_client(); }) == StatusCode::OK; }));
  next.send_signal(SIGTERM);
  EXPECT_EQ(next.wait().exit_status, 0);
}

/// Calls a method with bytes in place of a request.
grpc::Status call_with(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                       const std::string& bytes) {
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::Status status;
  const auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status;
}

/// Of what expands to a thousand times its length, no more is held than came.
TEST_F(WantTest, CompressedRequestsAreRefused) {
  const auto stub = v1::InstanceService::NewStub(
      grpc::CreateChannel(upyd().address().grpc_target(), grpc::InsecureChannelCredentials()));
  for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    grpc::ClientContext context;
    context.set_compression_algorithm(algorithm);
    v1::GetInstanceRequest request;
    request.set_name(std::string(64 << 20, 'x'));
    v1::Instance response;
    EXPECT_EQ(stub->GetInstance(&context, request, &response).error_code(), StatusCode::UNIMPLEMENTED);
  }
  EXPECT_LT(upyd().get_status().resident_bytes(), kLittleResident);
}

TEST_F(WantTest, AScriptThatChangesTheStreamWithEachByteFillsNoMemory) {
  auto stream =
      upyd().run(alone("import sys\n"
                       "for i in range(300000):\n"
                       "    sys.stdout.write('o')\n"
                       "    sys.stderr.write('e')\n"));
  EXPECT_TRUE(soon([&] { return upyd().get_status().instances() == 0; }));
  EXPECT_LT(upyd().get_status().resident_bytes(), kLittleResident);
  const auto record = finish(stream);
  EXPECT_EQ(record.out.size() + record.err.size() + record.dropped, 600'000u);
}

TEST_F(WantTest, WhoRunsInAnInstanceThatDoesNotStartIsTold) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer takes terabytes of address space for itself";
  limit(upyd_.id(), RLIMIT_AS, 3ull << 30);
  v1::InstanceConfig config;
  config.set_heap_bytes(8ull << 30);
  std::atomic<bool> over = false;
  std::thread other([&] {
    while (!over) code_of([&] { run(in("a", "print(1)")); });
  });
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(code_of([&] { create("a", config); }), StatusCode::RESOURCE_EXHAUSTED);
  over = true;
  other.join();
}

/// What is opened next does not become the standard error, into which the log goes.
TEST_F(WantTest, ClosedStandardStreamsStayClosed) {
  const test_support::TemporaryDirectory directory;
  const std::string path = directory.file("s");
  const std::string command = "exec " UPYD_PATH " --log-level debug --listen unix://" + path + " <&- >&- 2>&-";
  test_support::Process process({"/bin/sh", "-c", command});
  upyclient::Connection connection(Address::parse("unix://" + path));
  EXPECT_TRUE(soon([&] { return code_of([&] { connection.check_health(); }) == StatusCode::OK; }));
  for (const char* number : {"0", "1", "2"}) {
    const auto target = std::filesystem::read_symlink("/proc/" + std::to_string(process.id()) + "/fd/" + number);
    EXPECT_EQ(target, "/dev/null");
  }
  process.send_signal(SIGTERM);
  EXPECT_EQ(process.wait().exit_status, 0);
}

TEST_F(WantTest, AClientCannotFloodTheLog) {
  const auto channel = grpc::CreateChannel(upyd().address().grpc_target(), grpc::InsecureChannelCredentials());
  for (int i = 0; i < 300; ++i) {
    EXPECT_FALSE(call_with(channel, "/upyd.v1.InstanceService/GetInstance", "\x0a\x02\xff\xfe").ok());
    const int connection = connect_to(upyd().address().path());
    (void)!write(connection, "GET / HTTP/1.1\r\n\r\n", 18);
    close(connection);
  }
  upyd_.send_signal(SIGTERM);
  const auto end = upyd_.wait();
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_LT(std::count(end.err.begin(), end.err.end(), '\n'), 30) << end.err;
}

TEST_F(WantTest, PingsKeepASilentStreamAlive) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 1000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_MIN_SENT_PING_INTERVAL_WITHOUT_DATA_MS, 1000);
  const auto channel =
      grpc::CreateCustomChannel(upyd().address().grpc_target(), grpc::InsecureChannelCredentials(), arguments);
  const auto stub = v1::EventService::NewStub(channel);
  grpc::ClientContext context;
  const auto stream = stub->WatchEvents(&context, v1::WatchEventsRequest());
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  std::this_thread::sleep_for(std::chrono::milliseconds(5500));
  create("a");
  ASSERT_TRUE(stream->Read(&response)) << stream->Finish().error_message();
  EXPECT_TRUE(response.events(0).has_instance_created());
  context.TryCancel();
  stream->Finish();
}

}  // namespace
}  // namespace upyd
