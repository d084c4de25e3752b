#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "bytecode/blob.h"
#include "bytecode/utf8.h"
#include "support/expectations.h"
#include "support/repeated.h"
#include "support/script_host.h"
#include "support/temporary_directory.h"

/// Input that asks for too much, or makes no sense, ends in a clear error, soon; the instance goes on.
namespace {

using upy::Outcome;

class BadInputTest : public testing::Test {
 protected:
  /// The closing line of the traceback that the script ends with, or that says why it does not compile.
  std::string error_of(const std::string& source) {
    Outcome outcome = host_.run(source);
    std::string error = last_line(outcome.traceback);
    host_.take_errors();
    host_.take_output();
    EXPECT_EQ(host_.run("print('still here')").kind, Outcome::Kind::Finished);
    EXPECT_EQ(host_.take_output(), "still here\n");
    return error;
  }

  ScriptHost host_;
};

TEST_F(BadInputTest, SyntaxErrorHasFileLineAndColumn) {
  auto compiled = upy::compile_blob("x = 1\ny = (2,\nz ==== 3\n", "script.py", 0);
  ASSERT_TRUE(std::holds_alternative<upy::CompileError>(compiled));
  const auto& error = std::get<upy::CompileError>(compiled);
  EXPECT_EQ(error.type, "SyntaxError");
  EXPECT_EQ(error.message, "invalid syntax");
  EXPECT_EQ(error.file, "script.py");
  EXPECT_EQ(error.line, 3);
  EXPECT_EQ(error.column, 5);
  EXPECT_EQ(error.traceback,
            "Traceback (most recent call last):\n  File \"script.py\", line 3\nSyntaxError: invalid syntax\n");
}

/// What a script and what it imports, evaluates and executes may take to be compiled is a limit of the instance.
TEST_F(BadInputTest, SourceThatTakesMoreToCompileThanTheInstanceHas) {
  upy::Config config;
  config.compile_bytes = 128u << 10;
  ScriptHost host(config);
  const std::string large = repeated("x = [1, 2, 3]\n", 1000);
  const Outcome outcome = host.run(large);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Refused);
  EXPECT_EQ(outcome.type, "MemoryError");
  EXPECT_EQ(outcome.message, "memory allocation failed, compiling takes more than 131072 bytes (compile_bytes)");
  host.run(
      "large = 'x = [1, 2, 3]\\n' * 1000\n"
      "for attempt in (lambda: exec(large), lambda: compile(large, 'f', 'exec'), lambda: eval('a,' * 5000)):\n"
      "  try: attempt()\n"
      "  except MemoryError as e: print('compile_bytes' in str(e))\n"
      "exec('print(1)')\n");
  EXPECT_EQ(host.take_output(), "True\nTrue\nTrue\n1\n");
}

std::string refusal_of(const upy::Config& config) {
  struct : upy::Console {
    void write(Stream, std::string_view) override {}
    ptrdiff_t read(char*, size_t) override { return 0; }
    Input input() override { return Input::End; }
    int input_descriptor() override { return -1; }
  } console;
  upy::SystemClock clock;
  upy::SystemFiles files;
  std::string error;
  EXPECT_EQ(upy::Instance::create(config, {clock, console, files}, error), nullptr);
  return error;
}

TEST(Settings, OutOfRangeAreRefusedByName) {
  upy::Config config;
  config.frame_bytes = 1;
  config.schedule_depth = 8;
  EXPECT_EQ(refusal_of(config), "frame_bytes is 1; it must be from 16384 to 1073741824");
  config.frame_bytes = upy::Config::kFrameBytes.least;
  config.mailbox_depth = 12;
  EXPECT_EQ(refusal_of(config), "mailbox_depth is 12; it must be a power of two from 8 to 4096");
}

TEST_F(BadInputTest, ArgumentsThatAreNoText) {
  upy::Script script;
  script.text = "import sys\nprint(sys.argv, __file__)";
  script.argv = {"\xff", "a\xf0", "\u00e9"};
  script.file = "\xca.py";
  script.has_path = true;
  EXPECT_EQ(host_.run(script).kind, Outcome::Kind::Finished);
  EXPECT_EQ(host_.take_output(), "[b'\\xff', b'a\\xf0', '\u00e9'] b'\\xca.py'\n");
}

TEST_F(BadInputTest, FileNamesThatAreNoText) {
  upy::Script script;
  script.text =
      "import io, sys\n"
      "for name in ('boom', '1 +'):\n"
      "    try:\n"
      "        exec(name)\n"
      "    except Exception as e:\n"
      "        text = io.StringIO()\n"
      "        sys.print_exception(e, text)\n"
      "        print([line for line in text.getvalue().split('\\n') if 'File' in line])\n"
      "boom";
  script.file = "a\xca\u00e9.py";
  const Outcome outcome = host_.run(script);
  EXPECT_EQ(outcome.traceback,
            "Traceback (most recent call last):\n  File \"a\\xca\u00e9.py\", line 9, in <module>\n"
            "NameError: name 'boom' isn't defined\n");
  EXPECT_EQ(host_.take_output(),
            "['  File \"a\\\\xca\u00e9.py\", line 4, in <module>', '  File \"<string>\", line 1, in <module>']\n"
            "['  File \"a\\\\xca\u00e9.py\", line 4, in <module>', '  File \"<string>\", line 1']\n");
}

TEST_F(BadInputTest, LineOfTenMegabytes) {
  EXPECT_EQ(error_of("x = '" + std::string(10 << 20, 'x') + "'"),
            "MemoryError: memory allocation failed, allocating 10485785 bytes");
  EXPECT_EQ(error_of("x = 1" + std::string(10 << 20, ' ')), "");
  EXPECT_NE(error_of("x = 1" + repeated("+1", 5 << 20) + "+"), "");
}

TEST_F(BadInputTest, NestedBrackets) {
  const std::string expected = "SyntaxError: nested too deep: more than 201 levels";
  EXPECT_EQ(error_of(repeated("[", 10'000) + repeated("]", 10'000)), expected);
  EXPECT_EQ(error_of(repeated("(", 10'000)), expected);
  EXPECT_EQ(error_of("x = " + repeated("-", 100'000) + "1"), expected);
}

TEST_F(BadInputTest, EndlessRecursion) {
  const std::string expected = "RuntimeError: maximum recursion depth exceeded";
  EXPECT_EQ(error_of("def f(): f()\nf()"), expected);
  EXPECT_EQ(error_of("def f(*a): f(*a)\nf()"), expected);
  EXPECT_EQ(error_of("class A:\n  def __repr__(self): return repr(self)\nrepr(A())"), expected);
  EXPECT_EQ(error_of("class A:\n  def __init__(self): A()\nA()"), expected);
  EXPECT_EQ(error_of("class A:\n  def __getattr__(self, n): return getattr(self, n)\nA().x"), expected);
  EXPECT_EQ(error_of("class A:\n  def __eq__(self, o): return self == o\nA() == 1"), expected);
  EXPECT_EQ(error_of("class A:\n  def __add__(self, o): return self + o\nA() + 1"), expected);
  EXPECT_EQ(error_of("class A:\n  def __call__(self): return self()\nA()()"), expected);
  EXPECT_EQ(error_of("class A:\n  def __hash__(self): return hash(self)\n{A(): 1}"), expected);
  EXPECT_EQ(error_of("def g(): yield from g()\nlist(g())"), expected);
  EXPECT_EQ(error_of("x = []\nx.append(x)\ny = []\ny.append(y)\nx == y"), expected);
  EXPECT_EQ(error_of("def f(x): sorted([2, 1], key=f)\nf(1)"), expected);
  EXPECT_EQ(error_of("def f(x): list(map(f, [1]))\nf(1)"), expected);
  EXPECT_EQ(error_of("x = iter([])\nfor i in range(8000): x = map(str, x)\nlist(x)"), expected);
}

TEST_F(BadInputTest, HeapIsEaten) {
  EXPECT_EQ(error_of("def eat():\n  x = []\n  while True: x.append([])\neat()").substr(0, 46),
            "MemoryError: memory allocation failed, allocat");
  EXPECT_EQ(error_of("x = {}\ni = 0\nwhile True:\n  x[i] = i\n  i += 1").substr(0, 12), "MemoryError:");
  EXPECT_EQ(error_of("x = 'x'\nwhile True: x += x").substr(0, 12), "MemoryError:");
  EXPECT_EQ(error_of("class A: pass\nx = None\nwhile True:\n  a = A()\n  a.x = x\n  x = a").substr(0, 12),
            "MemoryError:");
  EXPECT_EQ(error_of("x = 3\nwhile True: x *= x").substr(0, 12), "MemoryError:");
}

/// What the host keeps of an exception is no part of any heap, so it is short; the console gets all of it.
TEST_F(BadInputTest, AnExceptionWithALongText) {
  const Outcome outcome = host_.run("raise ValueError('<' + '\u00e9' * 200000 + '>')");
  for (const std::string& text : {outcome.traceback, outcome.message}) {
    EXPECT_LT(text.size(), 64u << 10);
    EXPECT_TRUE(upy::is_utf8(text));
    EXPECT_NE(text.find("\u00e9\n["), std::string::npos);
    EXPECT_NE(text.find(" bytes are left out]\n\u00e9"), std::string::npos);
  }
  EXPECT_NE(outcome.traceback.find("ValueError: <\u00e9"), std::string::npos);
  EXPECT_TRUE(outcome.traceback.ends_with("\u00e9>\n"));
  EXPECT_TRUE(outcome.message.starts_with("<\u00e9") && outcome.message.ends_with("\u00e9>"));
  EXPECT_TRUE(host_.take_errors().ends_with("<" + repeated("\u00e9", 200000) + ">\n"));
}

/// The text of a module is part of the heap while it is compiled.
TEST_F(BadInputTest, AModuleThatTheHeapHasNoRoomFor) {
  const test_support::TemporaryDirectory directory;
  std::ofstream(directory.path() / "large.py") << std::string(1 << 20, '#') << "\nprint('imported')\n";
  const std::string path = "import sys\nsys.path.append('" + directory.path().string() + "')\n";
  EXPECT_TRUE(error_of(path + "kept = bytearray(1200000)\nimport large").starts_with("MemoryError:"));
  EXPECT_TRUE(error_of("execfile('" + directory.path().string() + "/large.py')").starts_with("MemoryError:"));
  EXPECT_EQ(host_.run("kept = None\nimport large").kind, Outcome::Kind::Finished);
  EXPECT_EQ(host_.take_output(), "imported\n");
}

TEST_F(BadInputTest, HugeRequests) {
  for (const char* source :
       {"'x' * 10**12", "b'x' * 10**12", "bytearray(10**12)", "[0] * 10**12", "(1,) * 10**12",
        "import sys; (1,) * sys.maxsize", "import sys; [1] * sys.maxsize", "import sys; 'ab' * sys.maxsize",
        "10 ** 10 ** 8", "1 << 10**12", "list(range(10**12))", "'%100000000d' % 1", "'{:100000000}'.format(1)",
        "' '.join(['x' * 1000] * 10**6)", "bytes(10**12)", "'x'.center(10**12)"}) {
    auto begin = std::chrono::steady_clock::now();
    std::string error = error_of(source);
    EXPECT_TRUE(error.starts_with("MemoryError:") || error.starts_with("OverflowError:")) << source << ": " << error;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << source;
  }
}

TEST_F(BadInputTest, ContainersChangedWhileInUse) {
  EXPECT_EQ(
      error_of("x = list(range(50))\ndef k(v):\n  x.clear()\n  return -v\ntry: x.sort(key=k)\nexcept ValueError: pass"),
      "");
  EXPECT_EQ(error_of("class A:\n  def __eq__(self, o):\n    x.clear()\n    return False\nx = [A() for i in "
                     "range(50)]\nx == list(x)\nx.count(1)"),
            "");
  EXPECT_EQ(
      error_of(
          "class A:\n  def __eq__(self, o):\n    x.clear()\n    return False\nx = [A() for i in range(50)]\n1 in x"),
      "");
  EXPECT_EQ(error_of("class A:\n"
                     "  def __hash__(self): return 1\n"
                     "  def __eq__(self, o):\n"
                     "    for i in range(100, 200): d[i] = i\n"
                     "    return False\n"
                     "d = {A(): 1}\n"
                     "d[A()] = 2\n"
                     "d.get(A())"),
            "");
  EXPECT_EQ(error_of("class A:\n"
                     "  def __hash__(self): return 1\n"
                     "  def __eq__(self, o):\n"
                     "    d.clear()\n"
                     "    return True\n"
                     "d = {A(): 1}\n"
                     "d[A()] = 2"),
            "");
  EXPECT_EQ(
      error_of("class A:\n  def __repr__(self):\n    x.clear()\n    return 'A'\nx = [A() for i in range(50)]\nrepr(x)"),
      "");
  EXPECT_EQ(error_of("class A:\n  def __lt__(self, o):\n    x.append(1)\n    return True\nx = [A() for i in "
                     "range(50)]\ntry: x.sort()\nexcept ValueError: pass")
                .substr(0, 9)
                .find("Segf"),
            std::string::npos);
}

TEST_F(BadInputTest, GarbageAsBlob) {
  upy::Script script{.kind = upy::Script::Kind::Blob, .text = "garbage"};
  Outcome outcome = host_.run(script);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Refused);
  EXPECT_EQ(outcome.type, "ValueError");
  EXPECT_TRUE(outcome.message.starts_with("not a compiled script")) << outcome.message;
  // Each truncation and each flipped byte of a real one.
  std::string blob =
      std::get<std::string>(upy::compile_blob("def f(x):\n  return [i * 2 for i in x]\nprint(f([1, 2]))", "f.py", 0));
  for (size_t size = 0; size < blob.size(); size++) {
    script.text = blob.substr(0, size);
    EXPECT_EQ(host_.run(script).kind, Outcome::Kind::Refused) << size;
  }
  for (size_t at = 0; at < blob.size(); at++) {
    script.text = blob;
    script.text[at] = static_cast<char>(script.text[at] ^ 0x15);
    host_.run(script);
  }
}

std::string blob_of(const std::string& source, const std::string& key = "") {
  return std::get<std::string>(upy::compile_blob(source, "b.py", 0, upy::Config().compile_bytes, key));
}

TEST_F(BadInputTest, BlobsOfOthers) {
  upy::Config config;
  config.blob_key = "a key";
  ScriptHost host(config);
  const auto run = [&host](std::string blob) {
    return host.instance().run({.kind = upy::Script::Kind::Blob, .text = std::move(blob)});
  };
  EXPECT_EQ(run(blob_of("print('own')", "a key")).kind, Outcome::Kind::Finished);
  EXPECT_EQ(host.take_output(), "own\n");

  const std::string foreign = "compiled elsewhere, or altered since: compile the script again here";
  std::string altered = blob_of("print('own')", "a key");
  altered[altered.find("own")] = 'O';
  for (const std::string& blob : {altered, blob_of("print('own')"), blob_of("print('own')", "another key")}) {
    const Outcome outcome = run(blob);
    EXPECT_EQ(outcome.kind, Outcome::Kind::Refused);
    EXPECT_EQ(outcome.message, foreign);
    EXPECT_TRUE(outcome.compile_error->is_foreign);
  }
  // What can be told without the key comes first.
  EXPECT_EQ(run("garbage").message, "not a compiled script: not a code blob");
  std::string old = blob_of("print('own')", "a key");
  old[4]--;
  EXPECT_EQ(run(old).message,
            "not a compiled script: code blob of another version of the interpreter: compile its source again with "
            "this one");
  EXPECT_EQ(host.take_output(), "");

  // Without a key, a seal says nothing.
  EXPECT_EQ(host_.instance().run({.kind = upy::Script::Kind::Blob, .text = blob_of("pass", "a key")}).kind,
            Outcome::Kind::Finished);
}

TEST_F(BadInputTest, BlobThatTakesMoreThanTheHeap) {
  upy::Config config;
  config.heap_bytes = 64 << 10;
  ScriptHost host(config);
  std::string source;
  for (int i = 0; i < 5000; i++) source += "x = (" + std::to_string(i) + ", 'a', 'b')\n";
  const Outcome outcome = host.instance().run({.kind = upy::Script::Kind::Blob, .text = blob_of(source)});
  EXPECT_EQ(outcome.kind, Outcome::Kind::Refused);
  EXPECT_EQ(outcome.type, "MemoryError");
  EXPECT_EQ(host.run("print(1)").kind, Outcome::Kind::Finished);
  EXPECT_EQ(host.instance().mem_info(false)->external, 0u);
}

TEST_F(BadInputTest, AStopReachesTheReadingOfABlob) {
  std::string source;
  for (int i = 0; i < 5000; i++) source += "x = " + std::to_string(i) + "\n";
  const upy::Script script{.kind = upy::Script::Kind::Blob, .text = blob_of(source + "print('ran')")};
  host_.instance().stop(upy::StopLevel::Kill);
  EXPECT_EQ(host_.instance().run(script).kind, Outcome::Kind::Killed);
  host_.instance().stop(upy::StopLevel::Interrupt);
  EXPECT_EQ(host_.instance().run(script).kind, Outcome::Kind::Interrupted);
  EXPECT_EQ(host_.take_output(), "");
  EXPECT_EQ(host_.instance().run(script).kind, Outcome::Kind::Finished);
  EXPECT_EQ(host_.take_output(), "ran\n");
}

TEST_F(BadInputTest, AStopReachesTheLookAtASeal) {
  upy::Config config;
  config.blob_key = "a key";
  ScriptHost host(config);
  std::string sealed = blob_of("print('ran')", config.blob_key);
  sealed.back() ^= 1;  // it would be refused
  host.instance().stop(upy::StopLevel::Kill);
  EXPECT_EQ(host.instance().run({.kind = upy::Script::Kind::Blob, .text = sealed}).kind, Outcome::Kind::Killed);
}

/// Code that takes long to verify, 0.4 MB of it, and much memory for its size.
upy::CodeUnit entangled() {
  using upy::Instr, upy::Op;
  upy::CodeUnit unit;
  unit.name = unit.file = "entangled";
  unit.register_count = UINT16_MAX;
  unit.code = {Instr(Op::LOAD_SINGLETON, 1, 0, 0, 0)};
  for (uint16_t reg = 1; unit.code.size() < 50'000; reg++) {
    unit.code.push_back(Instr(Op::MOVE, 0, reg, reg - 1, 0));
    unit.code.push_back(Instr(Op::JUMP_IF, 0, 0, 1));
    unit.code.push_back(Instr(Op::LOOP, 0, 0, -static_cast<int32_t>(unit.code.size())));
  }
  unit.code.push_back(Instr(Op::RETURN_NONE, 0, 0, 0, 0));
  return unit;
}

TEST_F(BadInputTest, AKillEndsAVerificationThatTakesLong) {
  upy::Config config;
  config.heap_bytes = size_t{1} << 30;
  ScriptHost host(config);
  const upy::Script script{.kind = upy::Script::Kind::Blob, .text = upy::save(entangled())};
  std::thread killer([&host] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    host.instance().stop(upy::StopLevel::Kill);
  });
  const Outcome outcome = host.instance().run(script);
  killer.join();
  EXPECT_TRUE(outcome.kind == Outcome::Kind::Killed || outcome.kind == Outcome::Kind::Refused);
}

/// A blob that passes the verifier, but gives a keyword argument a number for its name.
TEST_F(BadInputTest, ForgedKeywordName) {
  for (const char* source : {"def f(a): pass\nf(a=1)", "print(a=1)", "class A:\n  def f(self, a): pass\nA().f(a=1)"}) {
    auto loaded = upy::load(std::get<std::string>(upy::compile_blob(source, "f.py", 0)));
    auto& unit = std::get<upy::CodeUnit>(loaded);
    for (upy::Constant& constant : unit.constants)
      if (constant.text == "a") constant = {.kind = upy::Constant::Kind::Int, .integer = 5};
    Outcome outcome = host_.run(upy::Script{.kind = upy::Script::Kind::Blob, .text = upy::save(unit)});
    EXPECT_EQ(outcome.type, "RuntimeError") << source;
    EXPECT_TRUE(outcome.message.starts_with("invalid bytecode")) << outcome.message;
  }
}

}  // namespace
