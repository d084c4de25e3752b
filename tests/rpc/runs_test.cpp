#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;

using RunsTest = RpcTest;

TEST_F(RunsTest, AScriptOfItsOwnLeavesNothing) {
  const auto record = run(alone("import sys\nprint('out')\nprint('err', file=sys.stderr)"));
  EXPECT_EQ(record.out, "out\n");
  EXPECT_EQ(record.err, "err\n");
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_EQ(record.outcome.exit_status(), 0);
  EXPECT_GT(record.outcome.wall_ns(), 0u);
  EXPECT_FALSE(record.started.instance().empty());
  EXPECT_NE(record.started.run_id(), 0u);
  EXPECT_EQ(upyd().list_instances().instances_size(), 0);
}

TEST_F(RunsTest, AStandingInstanceKeepsItsGlobals) {
  create("a");
  run(in("a", "x = 41"));
  EXPECT_EQ(run(in("a", "x += 1\nprint(x)")).out, "42\n");
}

TEST_F(RunsTest, InstancesAreIsolated) {
  create("a");
  create("b");
  run(in("a", "x = 1"));
  EXPECT_EQ(run(in("b", "print(x)")).outcome.exception().type(), "NameError");
}

TEST_F(RunsTest, ArgumentsAndNames) {
  auto request = alone("import sys\nprint(sys.argv)\n1/0");
  request.set_file("script.py");
  request.add_argv("script.py");
  request.add_argv("-x");
  const auto record = run(request);
  EXPECT_EQ(record.out, "['script.py', '-x']\n");
  EXPECT_EQ(record.outcome.exception().type(), "ZeroDivisionError");
  EXPECT_EQ(record.outcome.exit_status(), 1);
  EXPECT_NE(record.outcome.exception().traceback().find("File \"script.py\", line 3"), std::string::npos);
  EXPECT_EQ(record.err, record.outcome.exception().traceback());
}

TEST_F(RunsTest, ExitStatus) {
  const auto record = run(alone("import sys\nsys.exit(3)"));
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_EQ(record.outcome.exit_status(), 3);
}

TEST_F(RunsTest, TheMessageOfAnExceptionMayHaveLines) {
  const auto message = [&](const std::string& source) { return run(alone(source)).outcome.exception().message(); };
  EXPECT_EQ(message("raise ValueError('a\\nb: c\\n')"), "a\nb: c\n");
  EXPECT_EQ(message("raise ValueError('a\\nValueError: b')"), "a\nValueError: b");
  EXPECT_EQ(message("raise ValueError"), "");
  EXPECT_EQ(message("raise ValueError(1, 2)"), "(1, 2)");
  EXPECT_EQ(message("raise OSError(2)"), "[Errno 2] ENOENT");
  EXPECT_EQ(message("class E(Exception):\n"
                    "    def __repr__(self): return 'E is\\nall'\n"
                    "raise E('x')"),
            "E is\nall");
  EXPECT_EQ(message("class S:\n"
                    "    def __str__(self):\n"
                    "        print('once')\n"
                    "        return 's'\n"
                    "raise ValueError(S())"),
            "s");
}

TEST_F(RunsTest, AStreamThatHasEndedStaysSo) {
  auto stream = upyd().run(alone("print(1)"));
  EXPECT_EQ(finish(stream).out, "1\n");
  v1::RunEvent event;
  EXPECT_FALSE(stream.read(event));
}

TEST_F(RunsTest, AVeryLongMessageIsShortened) {
  auto request = alone("raise ValueError('a' + 'x' * 1000000 + 'z')");
  request.mutable_own()->mutable_config()->set_output_bytes(4u << 20);
  request.mutable_own()->mutable_config()->set_heap_bytes(16u << 20);
  const auto record = run(request);
  const std::string& message = record.outcome.exception().message();
  EXPECT_LT(message.size(), 70'000u);
  EXPECT_TRUE(message.starts_with("axx")) << message.substr(0, 10);
  EXPECT_TRUE(message.ends_with("xxz"));
  EXPECT_NE(message.find("bytes are left out"), std::string::npos);
  EXPECT_LT(record.outcome.exception().traceback().size(), 70'000u);
  EXPECT_GT(record.err.size(), 1'000'000u);
}

TEST_F(RunsTest, OptLevel) {
  auto request = alone("assert False\nprint('done')");
  EXPECT_EQ(run(request).outcome.exception().type(), "AssertionError");
  request.set_opt_level(1);
  EXPECT_EQ(run(request).out, "done\n");
}

TEST_F(RunsTest, SourceThatDoesNotCompileIsRefused) {
  const auto record = run(alone("x = 1\nif x\n"));
  ASSERT_TRUE(record.outcome.has_refused());
  ASSERT_EQ(record.outcome.refused().diagnostics_size(), 1);
  const auto& diagnostic = record.outcome.refused().diagnostics(0);
  EXPECT_EQ(diagnostic.type(), "SyntaxError");
  EXPECT_EQ(diagnostic.line(), 2u);
  EXPECT_GT(diagnostic.column(), 0u);
  EXPECT_EQ(record.outcome.exit_status(), 1);
}

TEST_F(RunsTest, CompileThenRunTheBlobAnywhere) {
  v1::CompileRequest compile;
  compile.set_source("print('from a blob')");
  const auto compiled = upyd().compile(compile);
  ASSERT_TRUE(compiled.has_blob());
  create("a");
  for (auto request : {alone(""), in("a", ""), in("a", "")}) {
    request.set_blob(compiled.blob());
    EXPECT_EQ(run(request).out, "from a blob\n");
  }
}

TEST_F(RunsTest, CompileTellsDiagnostics) {
  v1::CompileRequest request;
  request.set_source("def f(:\n  pass");
  request.set_file("bad.py");
  const auto response = upyd().compile(request);
  ASSERT_EQ(response.diagnostics().diagnostics_size(), 1);
  const auto& diagnostic = response.diagnostics().diagnostics(0);
  EXPECT_EQ(diagnostic.file(), "bad.py");
  EXPECT_EQ(diagnostic.line(), 1u);
  EXPECT_NE(diagnostic.traceback().find("SyntaxError"), std::string::npos);
  request.set_opt_level(4);
  EXPECT_EQ(code_of([&] { upyd().compile(request); }), StatusCode::INVALID_ARGUMENT);
}

TEST_F(RunsTest, IncompleteRequestsAreInvalid) {
  v1::RunRequest request;
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
  request.mutable_own();
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
  request.set_source("");
  request.set_opt_level(4);
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
  request.clear_opt_level();
  request.set_wall_ms(UINT64_MAX);
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
  request.clear_wall_ms();
  request.set_file(std::string(4097, 'f'));
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
  request.clear_file();
  request.mutable_own()->set_name("no name");
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
}

TEST_F(RunsTest, OneScriptAtATime) {
  create("a");
  auto stream = upyd().run(in("a", "print('on')\nwhile True: pass"));
  read_until(stream, "on");
  EXPECT_EQ(code_of([&] { run(in("a", "")); }), StatusCode::FAILED_PRECONDITION);
  interrupt("a", v1::InterruptRequest::LEVEL_KILL);
  finish(stream);
  EXPECT_EQ(run(in("a", "print(1)")).out, "1\n");
}

TEST_F(RunsTest, ATakenNameIsRefused) {
  create("a");
  auto request = alone("print(1)");
  request.mutable_own()->set_name("a");
  EXPECT_EQ(code_of([&] { run(request); }), StatusCode::ALREADY_EXISTS);
  request.mutable_own()->set_name("b");
  EXPECT_EQ(run(request).started.instance(), "b");
}

TEST_F(RunsTest, AFileHasItsName) {
  auto request = alone("print(__file__)");
  EXPECT_EQ(run(request).outcome.exception().type(), "NameError");
  request.set_file("dir/blink.py");
  EXPECT_EQ(run(request).out, "dir/blink.py\n");
}

void add_module(v1::RunRequest& request, const std::string& path, const std::string& source) {
  request.add_modules()->set_path(path);
  request.mutable_modules(request.modules_size() - 1)->set_source(source);
}

TEST_F(RunsTest, ModulesThatComeWithAScriptAreFoundFirst) {
  create("a");
  v1::RunRequest request = in("a", "import helper, pkg.part\nprint(helper.name, pkg.part.name, pkg.__path__)");
  request.set_file("proj/main.py");
  add_module(request, "helper.py", "name = 'first'");
  add_module(request, "pkg/part.py", "from . import more\nname = __file__, more.x");
  add_module(request, "pkg/more.py", "x = 1");
  EXPECT_EQ(run(request).out, "first ('proj/pkg/part.py', 1) proj/pkg\n");
  const std::string again = "import sys\nfor name in ('helper', 'late'): sys.modules.pop(name, None)\n";
  EXPECT_EQ(run(in("a", again + "import helper\nprint(helper.name)")).out, "first\n") << "they stay";
  request = in("a", again + "import late\nprint(late.__file__)\nimport helper");
  add_module(request, "late.py", "");
  const RunRecord record = run(request);
  EXPECT_EQ(record.out, "late.py\n");
  EXPECT_EQ(record.outcome.exception().type(), "ImportError") << "until others come";
}

TEST_F(RunsTest, ModulesCountAgainstTheHeap) {
  create("a");
  const auto external = [this] {
    v1::GetMemInfoRequest request;
    request.set_instance("a");
    return upyd().get_mem_info(request).external();
  };
  const uint64_t before = external();
  v1::RunRequest request = in("a", "print('ran')");
  add_module(request, "large.py", std::string(100'000, '#'));
  EXPECT_EQ(run(request).out, "ran\n");
  EXPECT_GE(external(), before + 100'000);
  add_module(request, "larger.py", std::string(3'000'000, '#'));
  EXPECT_EQ(run(request).outcome.exception().type(), "MemoryError");
  EXPECT_LT(external(), before + 100'000) << "nothing is left of either";
}

TEST_F(RunsTest, PathsOfModulesAreRelativeAndPlain) {
  for (const char* path : {"", "/x.py", "../x.py", "a/../x.py", "./x.py", "a//x.py", "x", "x.upyc"}) {
    v1::RunRequest request = alone("");
    add_module(request, path, "");
    EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT) << path;
  }
}

TEST_F(RunsTest, OutputKeepsItsOrder) {
  auto stream =
      upyd().run(alone("import sys\n"
                       "for i in range(100):\n"
                       "    print(i)\n"
                       "    print(i, file=sys.stderr)"));
  std::string both;
  for (v1::RunEvent event; stream.read(event);) both += event.output().data();
  std::string expected;
  for (int i = 0; i < 100; ++i) expected += std::to_string(i) + "\n" + std::to_string(i) + "\n";
  EXPECT_EQ(both, expected);
}

/// Against a daemon that waits long for a slow reader.
class PatientRunsTest : public RpcTest {
 protected:
  PatientRunsTest() : RpcTest("output_wait_ms = 60000\n") {}
};

TEST_F(PatientRunsTest, MuchOutputArrivesWholeAtAReaderThatReads) {
  const auto record = run(alone("for i in range(20000): print('x' * 99)"));
  EXPECT_EQ(record.out.size(), 2'000'000u);
  EXPECT_EQ(record.dropped, 0u);
}

TEST_F(RunsTest, LargeSourcesAreTakenUpToTheLimit) {
  EXPECT_EQ(run(alone("x = '" + std::string(10'000'000, 'x') + "'\nprint(len(x))")).outcome.exception().type(),
            "MemoryError");
  try {
    run(alone(std::string(40'000'000, ' ')));
    ADD_FAILURE() << "it was taken";
  } catch (const upyclient::Error& error) {
    EXPECT_EQ(error.code(), StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_NE(std::string(error.what()).find("'max_request_bytes' in its config"), std::string::npos) << error.what();
  }
}

/// Against a daemon whose instances may take little to compile.
class SmallCompileTest : public RpcTest {
 protected:
  SmallCompileTest() : RpcTest("[instances]\ncompile_bytes = 65536\n") {}
};

TEST_F(SmallCompileTest, CompilingTakesNoMoreThanItIsGiven) {
  std::string large;
  for (int i = 0; i < 1000; ++i) large += "x = [1, 2, 3]\n";
  EXPECT_EQ(run(alone(large)).outcome.refused().diagnostics(0).type(), "MemoryError");
  v1::CompileRequest compile;
  compile.set_source(large);
  EXPECT_EQ(upyd().compile(compile).diagnostics().diagnostics(0).type(), "MemoryError");
  v1::RunRequest request = alone(large);
  request.mutable_own()->mutable_config()->set_compile_bytes(1 << 20);
  EXPECT_TRUE(run(request).outcome.has_finished());
}

}  // namespace
}  // namespace upyd
