#include "terminal/line_editor.h"

#include <gtest/gtest.h>

#include <random>

#include "support/screen.h"

namespace upy {
namespace {

using Event = LineEditor::Event;
using Part = LineEditor::Part;

class FakeTerminal final : public Terminal {
 public:
  explicit FakeTerminal(size_t columns) : columns_(columns), screen(columns ? columns : 1000) {}
  void send(std::string_view bytes) override {
    written += bytes;
    screen.write(bytes);
  }
  size_t columns() override { return columns_; }
  Completion complete(std::string_view text) override {
    asked = text;
    return completion;
  }

  size_t columns_;
  Screen screen;
  std::string written, asked;
  Completion completion;
};

class LineEditorTest : public testing::Test {
 protected:
  void begin(std::string_view prompt = "> ", Part part = Part::First, size_t levels = 0) {
    editor.begin(prompt, part, levels);
  }
  /// Types keys, and answers what the last of them came to.
  Event type(std::string_view bytes) {
    Event event = Event::None;
    for (const char byte : bytes) event = editor.take(byte);
    return event;
  }
  /// The bytes that typing them has the terminal get.
  std::string echo(std::string_view bytes) {
    terminal.written.clear();
    type(bytes);
    return terminal.written;
  }

  FakeTerminal terminal{0};
  History history{3};
  LineEditor editor{terminal, &history};
};

constexpr const char* kLeft = "\x1b[D";
constexpr const char* kRight = "\x1b[C";
constexpr const char* kUp = "\x1b[A";
constexpr const char* kDown = "\x1b[B";
constexpr const char* kDelete = "\x1b[3~";

TEST_F(LineEditorTest, EchoesWhatIsTypedAndEndsTheLine) {
  begin();
  EXPECT_EQ(echo("ab"), "ab");
  EXPECT_EQ(type("\r"), Event::Line);
  EXPECT_EQ(editor.text(), "ab");
  EXPECT_EQ(terminal.written, "ab\r\n");
}

TEST_F(LineEditorTest, InsertsAtTheCursor) {
  begin();
  type("ac");
  EXPECT_EQ(echo(kLeft), "\b");
  EXPECT_EQ(echo("b"), "bc\b");
  EXPECT_EQ(echo(kRight), "c");
  EXPECT_EQ(echo(kRight), "");
  EXPECT_EQ(editor.text(), "abc");
}

TEST_F(LineEditorTest, TakesAway) {
  begin();
  type("abcd");
  EXPECT_EQ(echo("\x7f"), "\b\x1b[K");
  EXPECT_EQ(echo(std::string(kLeft) + kLeft), "\b\b");
  EXPECT_EQ(echo("\x7f"), "\b\x1b[Kbc\b\b");
  EXPECT_EQ(echo(kDelete), "\x1b[Kc\b");
  EXPECT_EQ(editor.text(), "c");
  EXPECT_EQ(echo("\b"), "");
  EXPECT_EQ(echo("\x04"), "\x1b[K") << "Ctrl-D takes the character under the cursor away";
  EXPECT_EQ(editor.text(), "");
}

TEST_F(LineEditorTest, MovesFar) {
  begin();
  type("abcdef");
  EXPECT_EQ(echo("\x01"), "\x1b[6D");
  EXPECT_EQ(echo("\x01"), "");
  EXPECT_EQ(echo("\x05"), "abcdef");
  EXPECT_EQ(echo("\x1b[H"), "\x1b[6D");
  EXPECT_EQ(echo("\x1b[F"), "abcdef");
}

TEST_F(LineEditorTest, ErasesToTheEnds) {
  begin();
  type("abcdef\x02\x02");
  EXPECT_EQ(echo("\x0b"), "\x1b[K");
  EXPECT_EQ(editor.text(), "abcd");
  type("\x02");
  EXPECT_EQ(echo("\x15"), "\b\b\b\x1b[Kd\b");
  EXPECT_EQ(editor.text(), "d");
}

TEST_F(LineEditorTest, MovesAndErasesByWords) {
  begin();
  type("one, two  three");
  EXPECT_EQ(echo("\x1b"
                 "b"),
            "\x1b[5D");
  EXPECT_EQ(echo("\x1b"
                 "b"),
            "\x1b[5D");
  EXPECT_EQ(echo("\x1b"
                 "f"),
            "two");
  EXPECT_EQ(echo("\x1b"
                 "f"),
            "  three");
  type("\x17\x17");
  EXPECT_EQ(editor.text(), "one, ");
  type(
      "\x01\x1b"
      "d");
  EXPECT_EQ(editor.text(), ", ");
}

TEST_F(LineEditorTest, ControlKeysOfAnEmptyLineAreEvents) {
  begin();
  EXPECT_EQ(type("\x01"), Event::CtrlA);
  EXPECT_EQ(type("\x02"), Event::CtrlB);
  EXPECT_EQ(type("\x04"), Event::CtrlD);
  EXPECT_EQ(type("\x05"), Event::CtrlE);
  EXPECT_EQ(type("\x03"), Event::Cancel);
  for (const char* key : {"\x01", "\x02", "\x04", "\x05"}) EXPECT_EQ(type("a" + std::string(key)), Event::None);
  EXPECT_EQ(type("\x03"), Event::Cancel);
}

TEST_F(LineEditorTest, GoesThroughTheHistory) {
  for (const char* line : {"1\r", "22\r", "22\r", "\r", "3\r"}) begin(), type(line);
  begin();
  EXPECT_EQ(echo("draft"), "draft");
  EXPECT_EQ(echo(kUp), "\x1b[5D\x1b[K3");
  EXPECT_EQ(echo(kUp), "\b22");
  EXPECT_EQ(echo(kUp), "\b\b\x1b[K1");
  EXPECT_EQ(echo(kUp), "");
  EXPECT_EQ(echo(kDown), "\b22");
  type(std::string(kDown) + kDown);
  EXPECT_EQ(editor.text(), "draft");
  EXPECT_EQ(echo(kDown), "");
}

TEST_F(LineEditorTest, TheHistoryIsBounded) {
  for (const char* line : {"1\r", "2\r", "3\r", "4\r"}) begin(), type(line);
  begin();
  for (int i = 0; i < 5; i++) type(kUp);
  EXPECT_EQ(editor.text(), "2");
}

TEST_F(LineEditorTest, IndentsAndTakesIndentationsBack) {
  begin("... ", Part::Further, 2);
  EXPECT_EQ(terminal.written, "...         ");
  EXPECT_EQ(echo("\x7f"), "\b\b\b\b\x1b[K");
  EXPECT_EQ(echo("\x7f"), "\b\b\b\b\x1b[K");
  EXPECT_EQ(echo("\t"), "    ") << "a tab at the start of a further line";
  EXPECT_EQ(echo("x\t"), "x");
  EXPECT_EQ(echo(" \t"), "     ") << "a tab behind a blank";
}

TEST_F(LineEditorTest, ATabOrABlankTakesTheIndentationOver) {
  begin("... ", Part::Further, 1);
  EXPECT_EQ(echo("\t"), "");
  EXPECT_EQ(editor.text(), "    ");
  EXPECT_TRUE(editor.refused_indentation());
  begin("... ", Part::Further, 1);
  EXPECT_FALSE(editor.refused_indentation());
  EXPECT_EQ(echo(" "), "\b\b\b");
  EXPECT_EQ(editor.text(), " ");
  EXPECT_TRUE(editor.refused_indentation());
}

TEST_F(LineEditorTest, Completes) {
  begin();
  terminal.completion.common = "port ";
  type("im");
  EXPECT_EQ(echo("\t"), "port ");
  EXPECT_EQ(terminal.asked, "im");
  EXPECT_EQ(editor.text(), "import ");
  terminal.completion = {};
  EXPECT_EQ(echo("x\t"), "x") << "nothing known";
}

TEST_F(LineEditorTest, ShowsCandidates) {
  begin();
  type("a.xy\x02");
  for (const char* name : {"x1", "a_name_of_sixteen", "short", "another_long_name_here", "z"})
    terminal.completion.candidates.emplace_back(name);
  type("\t");
  EXPECT_EQ(terminal.asked, "a.x");
  EXPECT_EQ(terminal.screen.text(),
            "> a.xy\n"
            "x1              a_name_of_sixteen               short\n"
            "another_long_name_here          z\n"
            "> a.x|y");
}

TEST_F(LineEditorTest, MovesByCharacters) {
  begin();
  type("é€😀z");
  EXPECT_EQ(echo(kLeft), "\b");
  EXPECT_EQ(echo(kLeft), "\b\b") << "which is two columns wide";
  EXPECT_EQ(echo(kLeft), "\b");
  EXPECT_EQ(echo("\x7f"), "\b\x1b[K€😀z\b\b\b\b");
  EXPECT_EQ(echo(kDelete), "\x1b[K😀z\b\b\b");
  EXPECT_EQ(editor.text(), "😀z");
}

TEST_F(LineEditorTest, DropsWhatALineHasNoRoomFor) {
  begin();
  type(std::string(LineEditor::kMostBytes + 10, 'x'));
  EXPECT_EQ(editor.text().size(), LineEditor::kMostBytes);
}

// ---- lines that are longer than the terminal ----

/// What is on a screen of 10 columns after typing.
std::string shown(std::string_view bytes, std::string_view prompt = "> ") {
  FakeTerminal terminal(10);
  LineEditor editor(terminal, nullptr);
  editor.begin(prompt, Part::First, 0);
  for (const char byte : bytes) editor.take(byte);
  EXPECT_EQ(terminal.screen.misunderstood(), 0);
  return terminal.screen.text();
}

TEST(LongLines, GoOnInTheNextRow) {
  EXPECT_EQ(shown("1234567"), "> 1234567|");
  EXPECT_EQ(shown("12345678"), "> 12345678\n|");
  EXPECT_EQ(shown("123456789"), "> 12345678\n9|");
  EXPECT_EQ(shown("123456789\x02\x02"), "> 1234567|8\n9");
  EXPECT_EQ(shown("123456789\x02"), "> 12345678\n|9");
}

TEST(LongLines, AreEdited) {
  EXPECT_EQ(shown("123456789abcdefghijk\x01X"), "> X|1234567\n89abcdefgh\nijk");
  EXPECT_EQ(shown("123456789abcdefghijk\x01\x04\x04"), "> |3456789a\nbcdefghijk");
  EXPECT_EQ(shown("123456789abcdefghijk\x01\x0b"), "> |");
  EXPECT_EQ(shown("123456789abcdefghijk\x15"), "> |");
  EXPECT_EQ(shown("123456789abcdefghijk\x01\x05!"), "> 12345678\n9abcdefghi\njk!|");
  EXPECT_EQ(shown("123456789\x7f\x7f"), "> 1234567|");
  EXPECT_EQ(shown("123456789abcdefghijk\x01\r"), "> 12345678\n9abcdefghi\njk\n|") << "the line stays in sight";
}

TEST(LongLines, WideCharactersAreNotDivided) {
  EXPECT_EQ(shown("1234567漢字"), "> 1234567\n漢字|");
  EXPECT_EQ(shown("1234567漢字\x02\x02"), "> 1234567|\n漢字");
  EXPECT_EQ(shown("1234567漢字\x02\x02x"), "> 1234567x\n|漢字");
  EXPECT_EQ(shown("123456漢字\x02"), "> 123456漢\n|字");
}

TEST(LongLines, PromptsMayBeLongAndColored) {
  EXPECT_EQ(shown("ab", "1234567890"), "1234567890\nab|");
  EXPECT_EQ(shown("ab\x01", "123456789012"), "1234567890\n12|ab");
}

TEST(LongLines, TheTerminalMayChangeItsWidth) {
  FakeTerminal terminal(10);
  LineEditor editor(terminal, nullptr);
  editor.begin("> ", Part::First, 0);
  for (const char byte : std::string_view("1234")) editor.take(byte);
  terminal.columns_ = 0;
  for (const char byte : std::string_view("56\x02\x02")) editor.take(byte);
  EXPECT_EQ(terminal.written, "> 123456\b\b");
}

TEST(LongLines, WhatIsPastedBeforeALongRestIsShownAtOnce) {
  FakeTerminal terminal(80);
  LineEditor editor(terminal, nullptr);
  editor.begin("> ", Part::First, 0);
  const std::string rest(20'000, 'b'), pasted(20'000, 'a');
  for (const char byte : rest + '\x01' + pasted) editor.take(byte);
  editor.settle();
  EXPECT_EQ(editor.text(), pasted + rest);
  EXPECT_LT(terminal.written.size(), 4 * rest.size());
  for (const char byte : std::string_view("c\x02")) editor.take(byte);
  EXPECT_EQ(editor.text(), pasted + "c" + rest) << "a key that moves comes after it";
  for (const char byte : std::string_view("\x01_\r")) editor.take(byte);
  EXPECT_EQ(editor.text(), "_" + pasted + "c" + rest);
}

/// Whatever was typed, the screen shows the prompt, the text and the cursor as if they had been written at once.
TEST(LongLines, ShowTheTextWhateverWasTyped) {
  const std::string keys[] = {"a",
                              "bc",
                              " ",
                              "é",
                              "漢",
                              "\x02",
                              "\x06",
                              "\x01",
                              "\x05",
                              "\x7f",
                              "\x04",
                              "\x17",
                              "\x15",
                              "\x0b",
                              "\x1b"
                              "b",
                              "\x1b"
                              "f",
                              "\x1b"
                              "d",
                              kUp,
                              kDown,
                              "\t",
                              "123456",
                              "xxxxxxx",
                              std::string(100, '.'),
                              "ü, ",
                              kLeft,
                              kRight};
  for (uint32_t seed = 0; seed < 300; seed++) {
    std::mt19937 random(seed);
    const size_t columns = 3 + seed % 17;
    FakeTerminal terminal(columns);
    terminal.completion.common = "tab";
    History history(5);
    for (const char* line : {"one", "a longer line that wraps around", "漢字漢字漢字漢字"}) history.add(line);
    LineEditor editor(terminal, &history);
    editor.begin("> ", Part::First, 0);
    std::string typed;
    for (int i = 0; i < 40; i++) {
      const std::string& key = keys[random() % std::size(keys)];
      typed += key;
      for (const char byte : key) editor.take(byte);
      if (random() % 4 == 0) continue;  // more waits
      editor.settle();
      FakeTerminal fresh(columns);
      LineEditor whole(fresh, nullptr);
      whole.begin("> ", Part::First, 0);
      for (const char byte : editor.text()) whole.take(byte);
      ASSERT_EQ(terminal.screen.shown(), fresh.screen.shown())
          << "seed " << seed << ", typed " << testing::PrintToString(typed);
      if (!typed.ends_with('#') && random() % 2) typed += '#', editor.take('#');  // drawn where the cursor is
    }
    for (const char byte : std::string_view("\x05#\r")) editor.take(byte);
    EXPECT_TRUE(terminal.screen.shown().ends_with('#')) << terminal.screen.shown() << "\nseed " << seed;
    EXPECT_EQ(terminal.screen.misunderstood(), 0);
  }
}

}  // namespace
}  // namespace upy
