#include "repl/machine.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace upy {
namespace {

/// Surroundings that note what is run.
class FakeSurroundings final : public ReplSurroundings {
 public:
  void send(std::string_view bytes) override { written += bytes; }
  void send_text(std::string_view text) override { written += text; }
  size_t columns() override { return 0; }
  Completion complete(std::string_view) override { return {}; }
  std::string banner() override { return "BANNER"; }
  std::string prompt(LineEditor::Part part) override { return part == LineEditor::Part::First ? ">>> " : "... "; }
  size_t most_bytes() override { return 10'000; }
  RunEnd run(std::string_view source, InputKind kind, std::string_view mark) override {
    constexpr const char* kKinds[] = {"statement", "pasted", "program"};
    runs.push_back(std::string(kKinds[static_cast<int>(kind)]) + ":" + std::string(source));
    written += "<output>" + std::string(mark) + report;
    return end;
  }

  std::string written;
  std::vector<std::string> runs;
  RunEnd end = RunEnd::Done;
  std::string report;
};

class MachineTest : public testing::Test {
 protected:
  MachineTest() { machine.greet(); }

  /// What comes back for some bytes, which do not leave the prompt.
  std::string echo(std::string_view bytes) {
    surroundings.written.clear();
    for (const char byte : bytes) EXPECT_EQ(machine.take(byte), Turn::ReadOn);
    return surroundings.written;
  }
  std::string last_run() { return surroundings.runs.empty() ? "" : surroundings.runs.back(); }

  FakeSurroundings surroundings;
  History history{10};
  ReplMachine machine{surroundings, history};
};

constexpr const char* kGreeting = "BANNER\r\nType \"help()\" for more information.\r\n>>> ";
constexpr const char* kRawGreeting = "raw REPL; CTRL-B to exit\r\n>";

// ---- for people ----

using FriendlyPromptTest = MachineTest;

TEST_F(FriendlyPromptTest, Greets) { EXPECT_EQ(surroundings.written, kGreeting); }

TEST_F(FriendlyPromptTest, RunsALine) {
  EXPECT_EQ(echo("1+1\r"), "1+1\r\n<output>>>> ");
  EXPECT_EQ(last_run(), "statement:1+1");
}

TEST_F(FriendlyPromptTest, ReportsHowARunEnds) {
  surroundings.report = "Traceback\n";
  EXPECT_EQ(echo("x\r"), "x\r\n<output>Traceback\n>>> ");
}

TEST_F(FriendlyPromptTest, AnEmptyLineRunsNothing) {
  EXPECT_EQ(echo("\r"), "\r\n>>> ");
  EXPECT_EQ(surroundings.runs.size(), 0u);
}

TEST_F(FriendlyPromptTest, AsksForFurtherLines) {
  EXPECT_EQ(echo("f(1,\r"), "f(1,\r\n... ");
  EXPECT_EQ(echo("2)\r"), "2)\r\n<output>>>> ");
  EXPECT_EQ(last_run(), "statement:f(1,\n2)");
}

TEST_F(FriendlyPromptTest, IndentsBlocks) {
  EXPECT_EQ(echo("if 1:\r"), "if 1:\r\n...     ");
  EXPECT_EQ(echo("while 2:\r"), "while 2:\r\n...         ");
  EXPECT_EQ(echo("3\r"), "3\r\n...         ");
  EXPECT_EQ(echo("\r"), "\r\n...         ");
  EXPECT_EQ(echo("\r"), "\r\n... ") << "two blank lines are enough";
  EXPECT_EQ(echo("\r"), "\r\n<output>>>> ");
  EXPECT_EQ(last_run(), "statement:if 1:\n    while 2:\n        3\n        \n        \n");
}

TEST_F(FriendlyPromptTest, IndentsNoMoreForThoseWhoDoItThemselves) {
  EXPECT_EQ(echo("if 1:\r 2\r"), "if 1:\r\n...     \b\b\b2\r\n... ");
  EXPECT_EQ(echo("else:\r"), "else:\r\n... ");
  EXPECT_EQ(echo("\x03if 1:\r"), "\r\n>>> if 1:\r\n...     ") << "the next statement is indented again";
}

TEST_F(FriendlyPromptTest, CtrlCStartsAnew) {
  EXPECT_EQ(echo("abc\x03"), "abc\r\n>>> ");
  EXPECT_EQ(echo("if 1:\r\x03"), "if 1:\r\n...     \r\n>>> ");
  EXPECT_EQ(echo("1\r"), "1\r\n<output>>>> ");
  EXPECT_EQ(last_run(), "statement:1");
}

TEST_F(FriendlyPromptTest, AnInterruptFromOutsideStartsAnew) {
  echo("if 1:\r");
  surroundings.written.clear();
  machine.cancel();
  EXPECT_EQ(surroundings.written, "\r\n>>> ");
}

TEST_F(FriendlyPromptTest, CtrlDEndsACompoundStatementOrThePrompt) {
  EXPECT_EQ(echo("f(\r\x04"), "f(\r\n... <output>>>> ");
  EXPECT_EQ(last_run(), "statement:f(\n");
  surroundings.written.clear();
  EXPECT_EQ(machine.take('\x04'), Turn::SoftReset);
  EXPECT_EQ(surroundings.written, "\r\n");
}

TEST_F(FriendlyPromptTest, CtrlBGreetsAgain) { EXPECT_EQ(echo("\x02"), std::string("\r\n") + kGreeting); }

TEST_F(FriendlyPromptTest, ControlKeysInFurtherLinesDoNothing) { EXPECT_EQ(echo("f(\r\x01\x02\x05"), "f(\r\n... "); }

TEST_F(FriendlyPromptTest, ARunMayExit) {
  for (const char byte : std::string_view("exit()")) machine.take(byte);
  surroundings.end = RunEnd::Exits;
  surroundings.report = "bye\n";
  surroundings.written.clear();
  EXPECT_EQ(machine.take('\r'), Turn::Exit);
  EXPECT_EQ(surroundings.written, "\r\n<output>bye\n");
}

TEST_F(FriendlyPromptTest, Pastes) {
  EXPECT_EQ(echo("\x05"), "\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ");
  EXPECT_EQ(echo("if 1:\r\n  x\ry\n"), "if 1:\r\n===   x\r\n=== y\r\n=== ");
  EXPECT_EQ(echo("\x04"), "\r\n<output>>>> ");
  EXPECT_EQ(last_run(), "pasted:if 1:\n  x\ny\n");
}

TEST_F(FriendlyPromptTest, APasteCanBeCancelled) {
  echo("\x05if 1:\r");
  EXPECT_EQ(echo("\x03"), "\r\n>>> ");
  EXPECT_EQ(surroundings.runs.size(), 0u);
}

TEST_F(FriendlyPromptTest, RefusesTextsWithoutEnd) {
  echo("\x05");
  for (int i = 0; i < 200; i++) echo(std::string(100, 'x'));
  EXPECT_EQ(echo("\x04"), "\r\nMemoryError: more than 10000 bytes of input, which the heap has no room for\n>>> ");
  for (int i = 0; i < 200; i++) echo("f(" + std::string(100, 'x') + ",\r");
  EXPECT_EQ(surroundings.runs.size(), 0u);
  EXPECT_EQ(echo("\x03"
                 "1\r"),
            "\r\n>>> 1\r\n<output>>>> ");
}

TEST_F(FriendlyPromptTest, RemembersLines) {
  echo("a\rb\r");
  EXPECT_EQ(echo("\x10\x10\r"), "b\ba\r\n<output>>>> ");
  EXPECT_EQ(last_run(), "statement:a");
}

// ---- for programs ----

class RawPromptTest : public MachineTest {
 protected:
  RawPromptTest() { EXPECT_EQ(echo("\x01"), std::string("\r\n") + kRawGreeting); }
};

TEST_F(RawPromptTest, RunsATextWithoutAnEcho) {
  EXPECT_TRUE(machine.is_raw());
  EXPECT_EQ(echo("print(1)\nx\r\n\x80\xff"), "");
  EXPECT_EQ(echo("\x04"), "OK<output>\x04\x04>");
  EXPECT_EQ(last_run(), "program:print(1)\nx\r\n\x80\xff");
}

TEST_F(RawPromptTest, TellsATracebackApart) {
  surroundings.report = "Traceback\n";
  EXPECT_EQ(echo("x\x04"), "OK<output>\x04Traceback\n\x04>");
}

TEST_F(RawPromptTest, CtrlCForgets) {
  EXPECT_EQ(echo("abc\x03"), "");
  EXPECT_EQ(echo("x\x04"), "OK<output>\x04\x04>");
  EXPECT_EQ(last_run(), "program:x");
}

TEST_F(RawPromptTest, CtrlAGreetsAgainAndCtrlBLeaves) {
  EXPECT_EQ(echo("abc\x01"), kRawGreeting);
  EXPECT_EQ(echo("abc\x02"), std::string("\r\n") + kGreeting);
  EXPECT_FALSE(machine.is_raw());
  EXPECT_EQ(echo("1\r"), "1\r\n<output>>>> ");
}

TEST_F(RawPromptTest, AnEmptyTextIsASoftReset) {
  surroundings.written.clear();
  EXPECT_EQ(machine.take('\x04'), Turn::SoftReset);
  EXPECT_EQ(surroundings.written, "OK\r\n");
  machine.greet();
  EXPECT_EQ(surroundings.written, std::string("OK\r\n") + kRawGreeting) << "the mode stays";
}

TEST_F(RawPromptTest, ARunMayExit) {
  machine.take('x');
  surroundings.end = RunEnd::Exits;
  surroundings.written.clear();
  EXPECT_EQ(machine.take('\x04'), Turn::Exit);
  EXPECT_EQ(surroundings.written, "OK<output>\x04\x04");
}

TEST_F(RawPromptTest, PastesInWindows) {
  EXPECT_EQ(echo("\x05"
                 "A\x01"),
            std::string("R\x01\x00\x08\x01", 5));
  EXPECT_EQ(echo(std::string(2047, 'a')), "");
  EXPECT_EQ(echo("b"), "\x01");
  EXPECT_EQ(echo(std::string(2048, 'c')), "\x01");
  EXPECT_EQ(echo("\x04"), "\x04<output>\x04\x04>");
  EXPECT_EQ(last_run(), "program:" + std::string(2047, 'a') + "b" + std::string(2048, 'c'));
}

TEST_F(RawPromptTest, PasteTakesControlCharacters) {
  echo(
      "\x05"
      "A\x01");
  EXPECT_EQ(echo("\x01\x02\x05"
                 "A\x01"),
            "");
  echo("\x04");
  EXPECT_EQ(last_run(),
            "program:\x01\x02\x05"
            "A\x01");
}

TEST_F(RawPromptTest, APasteCanBeCancelled) {
  echo(
      "\x05"
      "A\x01");
  EXPECT_EQ(echo("abc\x03"), "\x04\x04KeyboardInterrupt: \n\x04>");
  EXPECT_EQ(echo("x\x04"), "OK<output>\x04\x04>");
  EXPECT_EQ(last_run(), "program:x");
}

TEST_F(RawPromptTest, OtherCommandsAreRefused) {
  EXPECT_EQ(echo("\x05"
                 "B\x01"),
            std::string("R\x00>", 3));
}

TEST_F(RawPromptTest, RefusesTextsWithoutEnd) {
  const std::string report = "MemoryError: more than 10000 bytes of input, which the heap has no room for\n";
  EXPECT_EQ(echo(std::string(10'001, 'x') + "\x04"), "OK\x04" + report + "\x04>");
  echo(
      "\x05"
      "A\x01");
  EXPECT_EQ(echo(std::string(20'480, 'x')), "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01");
  EXPECT_EQ(echo("\x04"), "\x04\x04" + report + "\x04>");
  EXPECT_EQ(echo(std::string(10'000, 'x') + "\x04"), "OK<output>\x04\x04>");
}

// ---- any bytes ----

TEST_F(MachineTest, SurvivesAnything) {
  std::mt19937 random(1);
  for (int i = 0; i < 300'000; i++) {
    const bool control = random() % 4 == 0;
    machine.take(static_cast<char>(random() % (control ? 32 : 256)));
    if (surroundings.written.size() > 100'000) surroundings.written.clear();
  }
  // Whatever it was doing, this brings it back, as it does a board.
  for (const char byte : std::string_view("\x1b\x03\x03\x02\x01\x02")) machine.take(byte);
  surroundings.written.clear();
  EXPECT_EQ(echo("1\r"), "1\r\n<output>>>> ");
}

}  // namespace
}  // namespace upy
