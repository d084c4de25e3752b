#include "terminal/keys.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace upy {
namespace {

/// The keys in some bytes, characters as themselves, other keys by their numbers in brackets.
std::string keys_in(std::string_view bytes) {
  KeyDecoder decoder;
  std::string keys;
  for (const char byte : bytes) {
    const auto key = decoder.take(byte);
    if (!key) continue;
    keys += *key == Key::Text ? std::string(decoder.text()) : "[" + std::to_string(static_cast<int>(*key)) + "]";
  }
  return keys;
}

std::string name(Key key) { return "[" + std::to_string(static_cast<int>(key)) + "]"; }

struct Spelling {
  std::string_view bytes;
  Key key;
};

TEST(Keys, HaveTheSpellingsOfTerminals) {
  const Spelling spellings[] = {
      {"\x01", Key::CtrlA},
      {"\x02", Key::CtrlB},
      {"\x03", Key::CtrlC},
      {"\x04", Key::CtrlD},
      {"\x05", Key::CtrlE},
      {"\r", Key::Enter},
      {"\n", Key::Enter},
      {"\t", Key::Tab},
      {"\b", Key::Backspace},
      {"\x7f", Key::Backspace},
      {"\x1b[3~", Key::Delete},
      {"\x1b[D", Key::Left},
      {"\x1bOD", Key::Left},
      {"\x1b[C", Key::Right},
      {"\x06", Key::Right},
      {"\x1b[A", Key::Up},
      {"\x10", Key::Up},
      {"\x1bOA", Key::Up},
      {"\x1b[B", Key::Down},
      {"\x0e", Key::Down},
      {"\x1b[H", Key::Home},
      {"\x1bOH", Key::Home},
      {"\x1b[1~", Key::Home},
      {"\x1b[7~", Key::Home},
      {"\x1b[F", Key::End},
      {"\x1bOF", Key::End},
      {"\x1b[4~", Key::End},
      {"\x1b[8~", Key::End},
      {"\x1b"
       "b",
       Key::WordLeft},
      {"\x1b[1;5D", Key::WordLeft},
      {"\x1b[1;3D", Key::WordLeft},
      {"\x1b[5D", Key::WordLeft},
      {"\x1b"
       "f",
       Key::WordRight},
      {"\x1b[1;5C", Key::WordRight},
      {"\x17", Key::EraseWordLeft},
      {"\x1b\x7f", Key::EraseWordLeft},
      {"\x1b"
       "d",
       Key::EraseWordRight},
      {"\x15", Key::EraseToStart},
      {"\x0b", Key::EraseToEnd},
  };
  for (const Spelling& spelling : spellings) {
    EXPECT_EQ(keys_in(spelling.bytes), name(spelling.key)) << testing::PrintToString(spelling.bytes);
    EXPECT_EQ(keys_in("a" + std::string(spelling.bytes) + "b"), "a" + name(spelling.key) + "b");
  }
}

TEST(Keys, AreCharactersOfUtf8) { EXPECT_EQ(keys_in("aé€😀~"), "aé€😀~"); }

TEST(Keys, BrokenUtf8IsDropped) {
  EXPECT_EQ(keys_in("a\x80\xff\xc3(\xe2\x82z\xf0\x9f\x98"), "a(z");
  EXPECT_EQ(keys_in("\xc0\x80\xed\xa0\x80\xf5\x80\x80\x80x"), "x") << "overlong, a surrogate, beyond Unicode";
  EXPECT_EQ(keys_in("\xc2\x9bx"), "x") << "a control character beyond ASCII";
  EXPECT_EQ(keys_in("\xe2\x82\ra"), name(Key::Enter) + "a");
}

TEST(Keys, CrAndLfTogetherAreOneEnter) {
  const std::string enter = name(Key::Enter);
  EXPECT_EQ(keys_in("a\r\nb\r\n\r\nc"), "a" + enter + "b" + enter + enter + "c");
  EXPECT_EQ(keys_in("\r\ra\n\n"), enter + enter + "a" + enter + enter);
  EXPECT_EQ(keys_in("\ra\n"), enter + "a" + enter);
}

TEST(Keys, WhatSaysNothingIsDropped) {
  EXPECT_EQ(keys_in(std::string_view("\0\x07\x1c\x1d\x1e\x1f", 6)), "");
  EXPECT_EQ(keys_in("\x1b[200~a\x1b[201~\x1b[15~\x1b[Z\x1bOP\x1bxb"), "ab");
  EXPECT_EQ(keys_in("\x1b[" + std::string(1000, '1') + "~a"), "a");
  EXPECT_EQ(keys_in("\x1b[1\rb"), name(Key::Enter) + "b") << "a key breaks a sequence off";
  EXPECT_EQ(keys_in("\x1b[\x1b[Da"), name(Key::Left) + "a");
  EXPECT_EQ(keys_in("\x1b\x03"
                    "a"),
            name(Key::CtrlC) + "a");
  EXPECT_EQ(keys_in("\x1bO\x03"
                    "a"),
            name(Key::CtrlC) + "a");
  EXPECT_EQ(keys_in("\x1b\x1b[Da"), name(Key::Left) + "a");
  EXPECT_EQ(keys_in("\x1b\rb"), name(Key::Enter) + "b");
}

}  // namespace
}  // namespace upy
