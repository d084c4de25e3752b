#include "compiler/front/lexer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace upy {
namespace {

using Kind = Token::Kind;

/// The tokens of a source without f-strings, and the error if there is one.
struct Tokens {
  explicit Tokens(std::string_view source) : arena(1 << 20), lexer(source, Kind::True, arena, error) {
    do {
      all.push_back(lexer.next());
    } while (all.back().kind != Kind::End);
    diagnostic = error.take();
  }

  std::vector<Kind> kinds() const {
    std::vector<Kind> result;
    for (const Token& token : all) result.push_back(token.kind);
    return result;
  }

  Arena arena;
  FirstError error;
  Lexer lexer;
  std::vector<Token> all;
  std::optional<Diagnostic> diagnostic;
};

std::string place(const Token& token) { return std::to_string(token.at.line) + ":" + std::to_string(token.at.column); }

/// The content of the literal that `source` is.
std::string content(std::string_view source) {
  const Tokens tokens(source);
  EXPECT_FALSE(tokens.diagnostic) << source;
  const Token& token = tokens.all[0];
  EXPECT_TRUE(token.kind == Kind::String || token.kind == Kind::Bytes) << source;
  return std::string(token.text);
}

TEST(Lexer, EmptySourceIsOnlyTheEnd) {
  EXPECT_EQ(Tokens("").kinds(), std::vector{Kind::End});
  EXPECT_EQ(Tokens("\n\n  \n# comment\n\t").kinds(), std::vector{Kind::End});
  EXPECT_EQ(Tokens("\xEF\xBB\xBF").kinds(), std::vector{Kind::End});
}

TEST(Lexer, LastLineNeedsNoNewline) {
  EXPECT_EQ(Tokens("a").kinds(), (std::vector{Kind::Name, Kind::Newline, Kind::End}));
  EXPECT_EQ(Tokens("a\n").kinds(), (std::vector{Kind::Name, Kind::Newline, Kind::End}));
  EXPECT_EQ(Tokens("a # b").kinds(), (std::vector{Kind::Name, Kind::Newline, Kind::End}));
}

TEST(Lexer, EveryNewlineEndsALine) {
  for (const char* source : {"a\nb", "a\rb", "a\r\nb"}) {
    const Tokens tokens(source);
    EXPECT_EQ(tokens.kinds(), (std::vector{Kind::Name, Kind::Newline, Kind::Name, Kind::Newline, Kind::End})) << source;
    EXPECT_EQ(place(tokens.all[2]), "2:1") << source;
  }
}

TEST(Lexer, BlocksIndentAndDedent) {
  EXPECT_EQ(Tokens("if a:\n  b\n\n  # c\n  d\ne").kinds(),
            (std::vector{Kind::If, Kind::Name, Kind::Colon, Kind::Newline, Kind::Indent, Kind::Name, Kind::Newline,
                         Kind::Name, Kind::Newline, Kind::Dedent, Kind::Name, Kind::Newline, Kind::End}));
  EXPECT_EQ(Tokens("a:\n b:\n  c").kinds(),
            (std::vector{Kind::Name, Kind::Colon, Kind::Newline, Kind::Indent, Kind::Name, Kind::Colon, Kind::Newline,
                         Kind::Indent, Kind::Name, Kind::Newline, Kind::Dedent, Kind::Dedent, Kind::End}));
}

TEST(Lexer, TabsIndentToMultiplesOfEight) {
  EXPECT_EQ(Tokens("a\n\tb\n        c").kinds(),
            (std::vector{Kind::Name, Kind::Newline, Kind::Indent, Kind::Name, Kind::Newline, Kind::Name, Kind::Newline,
                         Kind::Dedent, Kind::End}));
}

TEST(Lexer, FormFeedStartsTheLineAnew) {
  EXPECT_EQ(Tokens("a\n  \fb").kinds(), (std::vector{Kind::Name, Kind::Newline, Kind::Name, Kind::Newline, Kind::End}));
}

TEST(Lexer, DedentMustMatchABlock) {
  const std::vector<Kind> kinds = Tokens("a\n  b\n c").kinds();
  EXPECT_EQ(kinds[5], Kind::DedentMismatch);
}

TEST(Lexer, BracketsAndBackslashesJoinLines) {
  EXPECT_EQ(Tokens("(a,\n   # c\n b)").kinds(), (std::vector{Kind::LeftParen, Kind::Name, Kind::Comma, Kind::Name,
                                                             Kind::RightParen, Kind::Newline, Kind::End}));
  for (const char* source : {"a \\\n b", "a\\\r\nb", "a\\\rb"}) {
    EXPECT_EQ(Tokens(source).kinds(), (std::vector{Kind::Name, Kind::Name, Kind::Newline, Kind::End})) << source;
  }
}

TEST(Lexer, LongestOperatorWins) {
  EXPECT_EQ(
      Tokens("a**=b//c>>=d:=e...f.g->h!=i").kinds(),
      (std::vector{Kind::Name, Kind::DoubleStarEqual, Kind::Name, Kind::DoubleSlash, Kind::Name, Kind::ShiftRightEqual,
                   Kind::Name, Kind::Walrus, Kind::Name, Kind::Ellipsis, Kind::Name, Kind::Dot, Kind::Name, Kind::Arrow,
                   Kind::Name, Kind::NotEqual, Kind::Name, Kind::Newline, Kind::End}));
}

TEST(Lexer, UnknownCharactersAreInvalid) {
  for (const char* source : {"$", "?", "`", "!", "a \\b", "\x01"}) {
    const std::vector<Kind> kinds = Tokens(source).kinds();
    EXPECT_NE(std::find(kinds.begin(), kinds.end(), Kind::Invalid), kinds.end()) << source;
  }
  EXPECT_EQ(Tokens(std::string_view("1\0", 2)).all[1].kind, Kind::Invalid);
}

TEST(Lexer, KeywordsAreWholeWords) {
  EXPECT_EQ(Tokens("if iff nonlocal None match").kinds(),
            (std::vector{Kind::If, Kind::Name, Kind::Nonlocal, Kind::None, Kind::Name, Kind::Newline, Kind::End}));
  EXPECT_EQ(Tokens("__debug__").all[0].kind, Kind::True);
}

TEST(Lexer, PositionsCountCharacters) {
  const Tokens tokens("é = 'ü' + x\n  ");
  EXPECT_EQ(tokens.all[0].text, "é");
  EXPECT_EQ(place(tokens.all[1]), "1:3");
  EXPECT_EQ(place(tokens.all[2]), "1:5");
  EXPECT_EQ(place(tokens.all[4]), "1:11");
}

TEST(Lexer, PositionsGoOnBehindLiteralsOfManyLines) {
  const Tokens tokens("'''a\n\r\nb''' c");
  EXPECT_EQ(tokens.all[0].text, "a\n\nb");
  EXPECT_EQ(place(tokens.all[0]), "1:1");
  EXPECT_EQ(place(tokens.all[1]), "3:6");
}

TEST(Lexer, StringsDecodeEscapes) {
  EXPECT_EQ(content(R"('\a\b\t\n\v\f\r\\\'\"')"), "\a\b\t\n\v\f\r\\'\"");
  EXPECT_EQ(content(R"('\x41\101\7\q')"), "AA\7\\q");
  EXPECT_EQ(content(R"('\xe9\u20ac\U0001F600\777')"), "é€😀ǿ");
  EXPECT_EQ(content(R"('\ud800')"), "\xED\xA0\x80");
  EXPECT_EQ(content("'a\\\nb\\\r\nc'"), "abc");
  EXPECT_EQ(content(R"(b'\xff\377\u1234\N{a}')"), "\xff\xff\\u1234\\N{a}");
}

TEST(Lexer, StringPrefixes) {
  EXPECT_EQ(content(R"(r'\n\'')"), R"(\n\')");
  EXPECT_EQ(content(R"(u'\n')"), "\n");
  for (const char* source : {R"(br'\n')", R"(rb'\n')", R"(Rb'\n')", R"(bR'\n')"}) {
    EXPECT_EQ(content(source), R"(\n)") << source;
    EXPECT_EQ(Tokens(source).all[0].kind, Kind::Bytes) << source;
  }
  EXPECT_EQ(Tokens("ur''").all[0].kind, Kind::Name);
}

TEST(Lexer, TripleQuotesHoldQuotesAndLines) {
  EXPECT_EQ(content("'''a'b''c\n'''"), "a'b''c\n");
  EXPECT_EQ(content("\"\"\"\"a\\\"\"\"\""), "\"a\"");
  EXPECT_EQ(content("''"), "");
}

TEST(Lexer, MalformedStringsAreInvalid) {
  for (const char* source : {"'abc", "'abc\n'", "'''abc''", R"('\x0')", R"('\u000')", R"('\U0000000')",
                             R"('\U00110000')", R"(b'\x0')", R"(b'\400')", "'abc\\"}) {
    EXPECT_EQ(Tokens(source).all[0].kind, Kind::Invalid) << source;
  }
}

TEST(Lexer, ErrorsWithTheirOwnMessage) {
  struct Case {
    std::string source;
    Diagnostic::Kind kind;
    const char* message;
  };
  for (const Case& test :
       {Case{R"(x = '\N{DIGIT ONE}')", Diagnostic::Kind::NotImplementedError, "unicode name escapes"},
        Case{"x = '\xff'", Diagnostic::Kind::UnicodeError,
             "source is not UTF-8, and no comment in its first two lines says coding: latin-1"},
        Case{"x = \xff", Diagnostic::Kind::UnicodeError,
             "source is not UTF-8, and no comment in its first two lines says coding: latin-1"},
        Case{"x = " + std::string(256, 'n'), Diagnostic::Kind::RuntimeError, "name too long"}}) {
    const Tokens tokens(test.source);
    ASSERT_TRUE(tokens.diagnostic) << test.source;
    EXPECT_EQ(tokens.diagnostic->kind, test.kind);
    EXPECT_EQ(tokens.diagnostic->message, test.message);
    EXPECT_EQ(tokens.diagnostic->column, 5);
  }
  EXPECT_FALSE(Tokens(std::string(255, 'n')).diagnostic);
  EXPECT_FALSE(Tokens("x # \xff").diagnostic);
}

TEST(Lexer, NumbersTakeWhatFollows) {
  const Tokens tokens("1_0 0x1F 1.5e-3 .5 1e+5 0xe+1 12ab 1j 1..2");
  std::vector<std::string> texts;
  for (const Token& token : tokens.all) {
    if (token.kind == Kind::Number) texts.emplace_back(token.text);
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"1_0", "0x1F", "1.5e-3", ".5", "1e+5", "0xe", "1", "12ab", "1j", "1..2"}));
}

}  // namespace
}  // namespace upy
