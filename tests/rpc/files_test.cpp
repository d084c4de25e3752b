#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "rpc_test.h"
#include "support/temporary_directory.h"
#include "upyd/v1/file.grpc.pb.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using grpc::StatusCode;
using namespace v1;

/// A daemon whose state the test can look at.
struct State {
  const test_support::TemporaryDirectory state_directory;
};

class BoardFilesTest : protected State, public RpcTest {
 protected:
  explicit BoardFilesTest(const std::string& config = "")
      : RpcTest("grace_ms = 300\nstate = \"" + state_directory.file("state") + "\"\n" + config) {
    create("a");
  }

  fs::path state(const std::string& path) const { return state_directory.path() / "state" / path; }
  /// Where a file of the board `a` lies.
  fs::path real(const std::string& path) const { return state("instances/a/fs/" + path); }

  template <typename Request>
  static Request about(const std::string& path, const std::string& instance = "a") {
    Request request;
    request.set_instance(instance);
    request.set_path(path);
    return request;
  }

  FileInfo write(const std::string& path, const std::string& bytes, const std::string& instance = "a") {
    auto writer = upyd().write_file(about<WriteFileRequest::Target>(path, instance));
    writer.write(bytes);
    return writer.complete();
  }
  std::string read(const std::string& path, const std::string& instance = "a") {
    std::string bytes;
    auto stream = upyd().read_file(about<ReadFileRequest>(path, instance));
    for (ReadFileResponse piece; stream.read(piece);) bytes += piece.data();
    return bytes;
  }
  std::vector<std::string> list(const std::string& path, const std::string& instance = "a") {
    std::vector<std::string> names;
    auto stream = upyd().list_files(about<ListFilesRequest>(path, instance));
    for (ListFilesResponse some; stream.read(some);) {
      for (const FileInfo& info : some.files()) names.push_back(info.name());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  FileInfo look(const std::string& path) { return upyd().stat_file(about<StatFileRequest>(path)); }
  void make_directory(const std::string& path, bool parents = false) {
    auto request = about<MakeDirectoryRequest>(path);
    request.set_parents(parents);
    upyd().make_directory(request);
  }
  void remove_file(const std::string& path, bool recursive = false) {
    auto request = about<RemoveFileRequest>(path);
    request.set_recursive(recursive);
    upyd().remove_file(request);
  }
  void rename(const std::string& from, const std::string& to) {
    RenameFileRequest request;
    request.set_instance("a");
    request.set_from(from);
    request.set_to(to);
    upyd().rename_file(request);
  }
  std::string hash(const std::string& path) { return upyd().hash_file(about<HashFileRequest>(path)).sha256(); }
  DiskUsage usage(const std::string& path = "") { return upyd().get_disk_usage(about<GetDiskUsageRequest>(path)); }
  std::string output(const std::string& script) {
    const RunRecord record = run(in("a", script));
    EXPECT_EQ(record.err, "");
    return record.out;
  }
};

using Names = std::vector<std::string>;

// ---- what scripts and clients see ----

TEST_F(BoardFilesTest, ScriptsAndClientsSeeTheSameFiles) {
  write("main.py", "x = 1\n");
  EXPECT_EQ(output("import main\nprint(main.x, open('/main.py').read(), end='')"), "1 x = 1\n");
  output("import os\nos.mkdir('lib')\nwith open('lib/m.py', 'w') as f: f.write('y = 2')");
  EXPECT_EQ(read("lib/m.py"), "y = 2");
  EXPECT_EQ(output("import m\nprint(m.y)"), "2\n") << "/lib is in sys.path";
  EXPECT_EQ(list(""), (Names{"lib", "main.py"}));
  EXPECT_EQ(list("/lib"), Names{"m.py"});
  EXPECT_EQ(list("main.py"), Names{"main.py"});
  const FileInfo info = look("/lib/../main.py");
  EXPECT_EQ(info.name(), "main.py");
  EXPECT_EQ(info.kind(), FileInfo::KIND_FILE);
  EXPECT_EQ(info.size(), 6u);
  EXPECT_GT(info.modify_time().seconds(), 0);
  EXPECT_EQ(look("").name(), "/");
  EXPECT_EQ(look("lib").kind(), FileInfo::KIND_DIRECTORY);
}

TEST_F(BoardFilesTest, EachBoardHasItsOwn) {
  create("b");
  write("f", "of a");
  EXPECT_EQ(list("", "b"), Names{});
  write("f", "of b", "b");
  EXPECT_EQ(read("f"), "of a");
  EXPECT_EQ(read("f", "b"), "of b");
}

TEST_F(BoardFilesTest, FilesAreReachedWhileAScriptRuns) {
  auto stream = upyd().run(in("a",
                              "import time\n"
                              "f = open('f', 'w')\n"
                              "f.write('one')\n"
                              "print('written')\n"
                              "while True:\n"
                              "    try:\n"
                              "        print(open('answer').read())\n"
                              "        break\n"
                              "    except OSError: pass\n"));
  RunRecord record = read_until(stream, "written");
  EXPECT_EQ(read("f"), "one");
  write("answer", "come");
  EXPECT_NE(finish(stream, record).out.find("come\n"), std::string::npos);
}

TEST_F(BoardFilesTest, ARunAloneHasNoFilesOfItsOwn) {
  EXPECT_EQ(run(alone("import os\nprint(os.listdir('/'), os.getcwd())\n"
                      "try: open('f', 'w')\n"
                      "except OSError as e: print(e)"))
                .out,
            "[] /\n[Errno 30] EROFS: an instance that is made for one run has no files of its own\n");
  EXPECT_TRUE(fs::is_empty(state("instances")));
}

TEST_F(BoardFilesTest, AResetKeepsFiles) {
  output("open('f', 'w').write('kept')");
  run(in("a", "import machine\nmachine.reset()"));
  EXPECT_EQ(output("print(open('f').read())"), "kept\n");
}

TEST_F(BoardFilesTest, FilesGoWithTheirBoard) {
  write("f", "x");
  EXPECT_TRUE(fs::exists(real("f")));
  remove("a");
  EXPECT_FALSE(fs::exists(state("instances/a")));
  EXPECT_TRUE(soon([&] { return fs::is_empty(state("removed")); }));
  create("a");
  EXPECT_EQ(list(""), Names{});
}

TEST_F(BoardFilesTest, WhatAKilledDaemonLeftIsRemoved) {
  write("f", "x");
  upyd_.send_signal(SIGKILL);
  upyd_.wait();
  fs::create_symlink("/etc", state("instances/link"));
  std::ofstream(state("instances/file")) << "x";
  EXPECT_TRUE(fs::exists(real("f")));
  const test_support::UpydProcess next("", state("").parent_path());
  EXPECT_TRUE(fs::is_empty(state("instances")));
  EXPECT_TRUE(soon([&] { return fs::is_empty(state("removed")); }));
  EXPECT_TRUE(fs::exists("/etc/passwd"));
}

TEST_F(BoardFilesTest, OneDaemonHasAState) {
  try {
    const test_support::UpydProcess second("", state("").parent_path());
    FAIL() << "two have it";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("another upyd keeps its state in"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("process " + std::to_string(upyd_.id())), std::string::npos);
  }
}

TEST(NoStateTest, WithoutAStateBoardsHaveNoFiles) {
  const test_support::TemporaryDirectory directory;
  std::ofstream(directory.file("file")) << "no directory";
  test_support::UpydProcess upyd("state = \"" + directory.file("file/state") + "\"\n");
  CreateInstanceRequest create;
  create.set_name("a");
  upyd.connection().create_instance(create);
  WriteFileRequest::Target target;
  target.set_instance("a");
  target.set_path("f");
  try {
    upyd.connection().write_file(target).complete();
    FAIL() << "it was written";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), StatusCode::PERMISSION_DENIED);
    EXPECT_STREQ(error.what(), "'f': upyd keeps no files of instances; its log says why");
  }
  upyd.send_signal(SIGTERM);
  EXPECT_NE(upyd.wait().err.find("instances have no files of their own: "), std::string::npos);
}

// ---- each call ----

TEST_F(BoardFilesTest, WritesAndReadsAnySize) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{512} << 10, (size_t{512} << 10) + 1, size_t{3} << 20}) {
    std::string bytes(size, '\0');
    for (size_t i = 0; i < size; i++) bytes[i] = static_cast<char>(i * 2654435761u >> 24);
    EXPECT_EQ(write("f", bytes).size(), size);
    EXPECT_EQ(read("f"), bytes);
    EXPECT_EQ(fs::file_size(real("f")), size);
  }
}

TEST_F(BoardFilesTest, NothingIsWrittenOverIfSo) {
  auto target = about<WriteFileRequest::Target>("f");
  target.set_if_absent(true);
  upyd().write_file(target).complete();
  EXPECT_EQ(code_of([&] { upyd().write_file(target).complete(); }), StatusCode::ALREADY_EXISTS);
}

TEST_F(BoardFilesTest, MakesRenamesAndRemoves) {
  make_directory("d");
  EXPECT_EQ(code_of([&] { make_directory("d"); }), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(code_of([&] { make_directory("x/y/z"); }), StatusCode::NOT_FOUND);
  make_directory("x/y/z", true);
  make_directory("/x/y/z/", true);
  write("x/y/z/f", "1");
  EXPECT_EQ(code_of([&] { make_directory("x/y/z/f", true); }), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(code_of([&] { make_directory("x/y/z/f/g", true); }), StatusCode::FAILED_PRECONDITION);
  rename("x/y/z/f", "d/g");
  EXPECT_EQ(read("d/g"), "1");
  EXPECT_EQ(code_of([&] { rename("x", "x/y/x"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { rename("x", "d"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { rename("absent", "d/h"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { remove_file("x"); }), StatusCode::FAILED_PRECONDITION);
  remove_file("x", true);
  EXPECT_EQ(code_of([&] { remove_file("x", true); }), StatusCode::NOT_FOUND);
  remove_file("d/g");
  remove_file("d");
  EXPECT_EQ(code_of([&] { remove_file("/", true); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(list(""), Names{});
}

TEST_F(BoardFilesTest, HashesAFile) {
  write("f", "abc");
  const std::string digest = hash("f");
  ASSERT_EQ(digest.size(), 32u);
  EXPECT_EQ(digest.substr(0, 4), "\xba\x78\x16\xbf");
  write("f", std::string(5 << 20, 'x'));
  EXPECT_EQ(output("import hashlib\n"
                   "h = hashlib.sha256()\n"
                   "with open('f', 'rb') as f:\n"
                   "    while (b := f.read(65536)): h.update(b)\n"
                   "print(h.digest())")
                .substr(0, 2),
            "b'");
  EXPECT_EQ(code_of([&] { hash("/"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { hash("absent"); }), StatusCode::NOT_FOUND);
}

TEST_F(BoardFilesTest, TellsHowMuchRoomThereIs) {
  EXPECT_EQ(usage().bytes_total(), 16u << 20);
  EXPECT_EQ(usage().bytes_used(), 0u);
  EXPECT_EQ(usage().files_total(), 4096u);
  EXPECT_EQ(usage().mounted_at(), "/");
  EXPECT_FALSE(usage().read_only());
  write("f", std::string(10000, 'x'));
  EXPECT_EQ(usage("/f").bytes_used(), 10240u);
  EXPECT_EQ(usage().files_used(), 1u);
  EXPECT_EQ(output("import os\ns = os.statvfs('/')\nprint(s[0] * s[2], s[1] * (s[2] - s[3]), s[5] - s[6], s[9])"),
            "16777216 10240 1 255\n");
}

// ---- what goes wrong ----

TEST_F(BoardFilesTest, PathsLeadNowhereElse) {
  std::ofstream(state("secret")) << "secret";
  for (const std::string path : {"../secret", "../../../secret", "/../../../secret", "aside", "../aside", "../fs"}) {
    EXPECT_EQ(code_of([&] { read(path); }), StatusCode::NOT_FOUND) << path;
    EXPECT_EQ(code_of([&] { look(path); }), StatusCode::NOT_FOUND) << path;
  }
  write("../../../secret", "mine");
  EXPECT_EQ(list(""), Names{"secret"});
  EXPECT_EQ(fs::file_size(state("secret")), 6u);
  fs::create_symlink(state("secret"), real("link"));
  fs::create_directory_symlink(state_directory.path(), real("up"));
  EXPECT_EQ(code_of([&] { read("link"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { read("up/secret"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(list("up"), Names{"up"}) << "the link itself";
  EXPECT_EQ(look("up").kind(), FileInfo::KIND_OTHER);
  EXPECT_EQ(code_of([&] { write("up/new", "x"); }), StatusCode::FAILED_PRECONDITION);
  remove_file("up", true);
  EXPECT_EQ(code_of([&] { write("link", "x"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(fs::file_size(state("secret")), 6u);
}

TEST_F(BoardFilesTest, RefusesWhatIsNoPath) {
  const std::string null("a\0b", 3), long_name(256, 'x'), long_path = [] {
    std::string path;
    while (path.size() < 5000) path += "/d";
    return path;
  }();
  for (const std::string& path : {null, long_name, long_path}) {
    EXPECT_EQ(code_of([&] { write(path, "x"); }), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(code_of([&] { read(path); }), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(code_of([&] { list(path); }), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(code_of([&] { look(path); }), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(code_of([&] { make_directory(path, true); }), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(code_of([&] { remove_file(path, true); }), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(code_of([&] { hash(path); }), StatusCode::INVALID_ARGUMENT);
  }
  write(std::string(255, 'x'), "x");
  EXPECT_EQ(code_of([&] { write("", "x"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(code_of([&] { write("/", "x"); }), StatusCode::FAILED_PRECONDITION);
  EXPECT_NE(code_of([&] { read(std::string("\xff")); }), StatusCode::OK) << "no text, which gRPC refuses";
}

TEST_F(BoardFilesTest, ABoardThatIsNotThereHasNoFiles) {
  EXPECT_EQ(code_of([&] { list("", "nobody"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { read("f", "nobody"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { write("f", "x", "nobody"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { upyd().hash_file(about<HashFileRequest>("f", "nobody")); }), StatusCode::NOT_FOUND);
}

TEST_F(BoardFilesTest, WithoutTheLastWordNothingIsWritten) {
  write("f", "old");
  const auto channel = grpc::CreateChannel(upyd().address().grpc_target(), grpc::InsecureChannelCredentials());
  const auto stub = v1::FileService::NewStub(channel);
  {
    grpc::ClientContext context;
    FileInfo info;
    const auto call = stub->WriteFile(&context, &info);
    WriteFileRequest request;
    *request.mutable_target() = about<WriteFileRequest::Target>("f");
    call->Write(request);
    request.set_data("new");
    call->Write(request);
    call->WritesDone();
    EXPECT_EQ(call->Finish().error_code(), StatusCode::INVALID_ARGUMENT);
  }
  {
    grpc::ClientContext context;
    FileInfo info;
    const auto call = stub->WriteFile(&context, &info);
    WriteFileRequest request;
    request.set_data("new");
    call->Write(request);
    EXPECT_EQ(call->Finish().error_code(), StatusCode::INVALID_ARGUMENT);
  }
  {
    grpc::ClientContext context;
    FileInfo info;
    const auto call = stub->WriteFile(&context, &info);
    WriteFileRequest request;
    *request.mutable_target() = about<WriteFileRequest::Target>("f");
    call->Write(request);
    request.set_data("new");
    call->Write(request);
    request.set_complete(false);
    call->Write(request);
    EXPECT_EQ(call->Finish().error_code(), StatusCode::INVALID_ARGUMENT) << "it says that it is not";
  }
  {
    auto gone = upyd().write_file(about<WriteFileRequest::Target>("f"));
    gone.write(std::string(1 << 20, 'x'));
  }
  EXPECT_TRUE(soon([&] { return fs::is_empty(state("instances/a/aside")); }));
  EXPECT_EQ(read("f"), "old");
}

TEST_F(BoardFilesTest, AFullBoardKeepsWhatItHas) {
  v1::InstanceConfig config;
  config.set_fs_bytes(1 << 20);
  config.set_fs_files(3);
  create("small", config);
  write("f", std::string(600 << 10, 'x'), "small");
  try {
    write("f", std::string((1 << 20) + 1, 'y'), "small");
    FAIL() << "it was written";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_STREQ(error.what(),
                 "'f': the files of this instance may hold as many bytes as its fs_bytes, 1048576; remove some, or "
                 "create it with more");
  }
  EXPECT_EQ(read("f", "small"), std::string(600 << 10, 'x'));
  write("f", std::string(1 << 20, 'z'), "small");
  EXPECT_EQ(
      run(in("small", "try: open('g', 'w').write('x')\nexcept OSError as e: print(e)")).out,
      "[Errno 28] ENOSPC: the files of this instance may hold as many bytes as its fs_bytes, 1048576; remove some, "
      "or create it with more\n");
  write("h", "", "small");
  EXPECT_EQ(code_of([&] { write("i", "", "small"); }), StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(BoardFilesTest, ABoardThatIsRemovedEndsItsCopies) {
  v1::InstanceConfig config;
  config.set_fs_bytes(100 << 20);
  create("b", config);
  write("large", std::string(40 << 20, 'x'), "b");
  auto reading = upyd().read_file(about<ReadFileRequest>("large", "b"));
  ReadFileResponse piece;
  ASSERT_TRUE(reading.read(piece));
  auto writing = upyd().write_file(about<WriteFileRequest::Target>("new", "b"));
  for (int i = 0; i < 16; ++i) writing.write(std::string(512 << 10, 'x'));  // more than fits between: upyd has begun
  remove("b");
  EXPECT_EQ(code_of([&] {
              while (reading.read(piece)) continue;
            }),
            StatusCode::ABORTED);
  EXPECT_EQ(code_of([&] {
              writing.write("x");
              writing.complete();
            }),
            StatusCode::ABORTED);
}

TEST_F(BoardFilesTest, ManyFilesAreListedAndRemoved) {
  constexpr int kMany = 100'000;
  make_directory("d");
  for (int i = 0; i < kMany; i++) {
    const int file = open(real("d/" + std::to_string(i)).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ASSERT_GE(file, 0);
    close(file);
  }
  EXPECT_EQ(list("d").size(), static_cast<size_t>(kMany));
  remove_file("d", true);
  EXPECT_EQ(list(""), Names{});
  EXPECT_TRUE(fs::is_empty(state("instances/a/aside")));
}

/// Deeper than any path is long, which has 2048 names at most.
TEST_F(BoardFilesTest, ABoardWithADeepTreeIsRemoved) {
  write("f", "x");
  int here = open(real("").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i < 3000; i++) {
    ASSERT_EQ(mkdirat(here, "d", 0700), 0);
    const int inner = openat(here, "d", O_PATH | O_DIRECTORY | O_CLOEXEC);
    close(here);
    here = inner;
  }
  close(here);
  EXPECT_EQ(code_of([&] { make_directory(std::string(2000, 'd') + "/d"); }), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(list("d/d/d"), Names{"d"});
  remove("a");
  EXPECT_TRUE(soon([&] { return fs::is_empty(state("removed")); }));
}

TEST_F(BoardFilesTest, ManyCallsAtATimeAllEnd) {
  std::vector<std::thread> clients;
  for (int n = 0; n < 4; n++) {
    clients.emplace_back([this, n] {
      for (int i = 0; i < 20; i++) {
        write("shared", std::string(static_cast<size_t>(n + 1) << 16, static_cast<char>('a' + n)));
        const std::string now = read("shared");
        EXPECT_EQ(now, std::string(static_cast<size_t>(now[0] - 'a' + 1) << 16, now[0])) << "of one writer";
      }
    });
  }
  for (std::thread& client : clients) client.join();
}

/// A client that neither reads nor sends holds as many calls open as there may be.
class StalledCallsTest : public BoardFilesTest {
 protected:
  static constexpr size_t kCalls = 256;

  StalledCallsTest() { write("f", "old"); }
  /// Calls that upyd has begun.
  uint64_t begun_calls() {
    const v1::Status status = upyd().get_status();
    for (const v1::Budget& budget : status.budgets()) {
      if (budget.name() == "max_calls") return budget.used();
    }
    return 0;
  }
  /// Whether another client gets to its files before long.
  bool others_work() {
    return soon([this] { return code_of([this] { look("f"); }) == StatusCode::OK; });
  }

  std::unique_ptr<v1::FileService::Stub> stub() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);  // it takes no more than it must
    return v1::FileService::NewStub(
        grpc::CreateCustomChannel(upyd().address().grpc_target(), grpc::InsecureChannelCredentials(), arguments));
  }

  const std::unique_ptr<v1::FileService::Stub> stub_ = stub();
  std::vector<grpc::ClientContext> contexts_{kCalls};
};

TEST_F(StalledCallsTest, WhoDoesNotReadKeepsNobodyOut) {
  write("large", std::string(4 << 20, 'x'));
  std::vector<std::unique_ptr<grpc::ClientReader<ReadFileResponse>>> calls;
  for (auto& context : contexts_) calls.push_back(stub_->ReadFile(&context, about<ReadFileRequest>("large")));
  size_t begun = 0;
  for (const auto& call : calls) {
    ReadFileResponse piece;
    begun += call->Read(&piece);
  }
  EXPECT_GE(begun, kCalls - 1);  // the call that wrote may have had a place still when these came
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(others_work());
  for (auto& context : contexts_) context.TryCancel();
}

TEST_F(StalledCallsTest, WhoDoesNotSendKeepsNobodyOut) {
  std::vector<std::unique_ptr<grpc::ClientWriter<WriteFileRequest>>> calls;
  std::vector<FileInfo> answers(kCalls);
  for (size_t i = 0; i < kCalls; ++i) {
    calls.push_back(stub_->WriteFile(&contexts_[i], &answers[i]));
    WriteFileRequest request;
    *request.mutable_target() = about<WriteFileRequest::Target>("f");
    calls[i]->Write(request);
  }
  ASSERT_TRUE(soon([this] { return begun_calls() >= kCalls; }));
  ASSERT_TRUE(soon([&] { return code_of([&] { write("g", "x"); }) == StatusCode::OK; }));
  EXPECT_TRUE(others_work());
  for (const auto& call : calls) {
    WriteFileRequest request;
    request.set_complete(true);
    call->WriteLast(request, {});
  }
  size_t lost = 0, refused = 0;
  for (const auto& call : calls) {
    const auto status = call->Finish();
    if (status.error_code() == StatusCode::ABORTED) ++lost;
    if (status.error_code() == StatusCode::RESOURCE_EXHAUSTED) ++refused;  // as another was there before
  }
  EXPECT_GE(lost + refused, 1u);
  EXPECT_LT(lost + refused, kCalls / 2) << "whose place nobody needed";
}

// ---- directories of the host ----

struct HostDirectories {
  HostDirectories() {
    fs::create_directory(directory.path() / "w");
    fs::create_directory(directory.path() / "r");
    std::ofstream(directory.file("r/f")) << "read";
  }
  std::string config() const {
    return "[[files.mount]]\nat = \"/w\"\naccess = \"write\"\ndirectory = \"" + directory.file("w") +
           "\"\n[[files.mount]]\nat = \"/r\"\ndirectory = \"" + directory.file("r") +
           "\"\n[instances]\nmounts = \"write\"\n";
  }
  const test_support::TemporaryDirectory directory;
};

class MountedFilesTest : protected HostDirectories, public BoardFilesTest {
 protected:
  MountedFilesTest() : BoardFilesTest(config()) {}
};

TEST_F(MountedFilesTest, AreSeenInTheRoot) {
  write("own", "x");
  std::ofstream(real("r")) << "hidden";
  EXPECT_EQ(list("/"), (Names{"own", "r", "w"}));
  EXPECT_EQ(output("import os\nprint(sorted(os.listdir('/')), os.listdir('/r'))"), "['own', 'r', 'w'] ['f']\n");
  EXPECT_EQ(read("/r/f"), "read");
  EXPECT_EQ(code_of([&] { write("/r/g", "x"); }), StatusCode::PERMISSION_DENIED);
  write("/w/g", "written");
  EXPECT_EQ(fs::file_size(directory.file("w/g")), 7u);
  EXPECT_EQ(list("/w"), Names{"g"}) << "nothing lies beside it";
  EXPECT_EQ(code_of([&] { rename("/w/g", "/g"); }), StatusCode::FAILED_PRECONDITION);
  make_directory("/w/d/e", true);
  write("/w/d/e/f", "x");
  fs::create_directory_symlink(directory.file("r"), directory.file("w/d/link"));
  remove_file("/w/d", true);
  EXPECT_FALSE(fs::exists(directory.file("w/d")));
  EXPECT_TRUE(fs::exists(directory.file("r/f")));
  for (const std::string path : {"/w", "/w/", "/w/d/..", "/"}) {
    EXPECT_EQ(code_of([&] { remove_file(path, true); }), StatusCode::FAILED_PRECONDITION) << path;
  }
  EXPECT_EQ(code_of([&] { make_directory("/w"); }), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(look("/w/..").name(), "/");
  EXPECT_EQ(usage("/r").mounted_at(), "/r");
  EXPECT_TRUE(usage("/r").read_only());
  EXPECT_FALSE(usage("/w").read_only());
  EXPECT_EQ(usage("/").files_used(), 1u) << "they take nothing of the board's quota";
}

TEST_F(MountedFilesTest, WhatIsNoFileIsNotReplaced) {
  ASSERT_EQ(mkfifo(directory.file("w/fifo").c_str(), 0600), 0);
  try {
    write("/w/fifo", "x");
    ADD_FAILURE() << "it was replaced";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), StatusCode::PERMISSION_DENIED);
    EXPECT_STREQ(error.what(),
                 "'/w/fifo': it is a FIFO, a socket or a device, which no file takes the place of; remove it first");
  }
  EXPECT_TRUE(fs::is_fifo(directory.file("w/fifo")));
  std::ofstream(directory.file("w/file")) << "old";
  fs::create_symlink("file", directory.file("w/link"));
  write("/w/link", "new");
  EXPECT_TRUE(fs::is_symlink(directory.file("w/link")));
  EXPECT_EQ(read("/w/file"), "new");
}

TEST_F(MountedFilesTest, AsMuchAsAnInstanceMayUse) {
  v1::InstanceConfig config;
  config.set_mounts(MOUNT_ACCESS_READ);
  create("b", config);
  EXPECT_EQ(code_of([&] { write("/w/g", "x", "b"); }), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(read("/r/f", "b"), "read");
  config.set_mounts(MOUNT_ACCESS_NONE);
  create("c", config);
  EXPECT_EQ(list("/", "c"), Names{});
}

}  // namespace
}  // namespace upyd
