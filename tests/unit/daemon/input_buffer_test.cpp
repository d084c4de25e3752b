#include "instances/input_buffer.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

using Input = upy::Console::Input;
using Waiting = InputBuffer::Waiting;

class InputBufferTest : public testing::Test {
 protected:
  std::string read(size_t size) {
    std::string text(size, '\0');
    const ptrdiff_t count = buffer_.read(text.data(), size);
    return count < 0 ? "nothing yet" : text.substr(0, static_cast<size_t>(count));
  }
  InputBuffer::Typed type(std::string_view bytes, Waiting waiting, int interrupt_char = 3) {
    return buffer_.type(
        bytes, [interrupt_char] { return interrupt_char; }, waiting);
  }

  int rooms_ = 0, wants_ = 0;
  InputBuffer buffer_{[this] { ++rooms_; }, [this] { ++wants_; }};
};

TEST_F(InputBufferTest, InputIsReadInOrder) {
  EXPECT_EQ(read(5), "nothing yet");
  EXPECT_TRUE(buffer_.put("abc"));
  EXPECT_TRUE(buffer_.put("def"));
  EXPECT_EQ(buffer_.input(), Input::Bytes);
  EXPECT_EQ(read(4), "abcd");
  EXPECT_EQ(read(4), "ef");
  EXPECT_EQ(read(4), "nothing yet");
  EXPECT_EQ(buffer_.input(), Input::Nothing);
}

TEST_F(InputBufferTest, TheEndComesAfterWhatWasTyped) {
  buffer_.put("x");
  buffer_.end();
  EXPECT_EQ(buffer_.input(), Input::Bytes);
  EXPECT_EQ(read(5), "x");
  EXPECT_EQ(buffer_.input(), Input::End);
  EXPECT_EQ(read(5), "");
  EXPECT_EQ(wants_, 0);
}

TEST_F(InputBufferTest, TellsOnceWhenThereIsRoomAgain) {
  EXPECT_TRUE(buffer_.put(std::string(InputBuffer::kLimit - 1, 'x')));
  EXPECT_FALSE(buffer_.put("xyz"));
  EXPECT_EQ(rooms_, 0);
  read(1);
  EXPECT_EQ(rooms_, 0);
  read(2);
  EXPECT_EQ(rooms_, 1);
  read(1);
  EXPECT_EQ(rooms_, 1);
}

TEST_F(InputBufferTest, TellsOnceThatInputIsWanted) {
  buffer_.put("x");
  read(1);
  EXPECT_EQ(wants_, 0);
  read(1);
  buffer_.input();
  EXPECT_EQ(wants_, 1);
  buffer_.put("y");
  read(1);
  buffer_.input();
  EXPECT_EQ(wants_, 2);
}

TEST_F(InputBufferTest, WhatInterruptsIsTakenOut) {
  EXPECT_FALSE(type("ab", Waiting::Stays).interrupts);
  EXPECT_TRUE(type("c\x03"
                   "d\x03"
                   "e",
                   Waiting::Stays)
                  .interrupts);
  EXPECT_EQ(read(9), "abcde");
  EXPECT_FALSE(type("\x03", Waiting::Stays, -1).interrupts);
  EXPECT_EQ(read(9), "\x03");
}

TEST_F(InputBufferTest, WhatInterruptsMayDropWhatWaits) {
  type("ab", Waiting::IsDropped);
  EXPECT_TRUE(type("c\x03"
                   "d\x03"
                   "e",
                   Waiting::IsDropped)
                  .interrupts);
  EXPECT_EQ(read(9), "e");
}

TEST_F(InputBufferTest, WhoeverChangesTheCharacterFindsWhatCameTooEarly) {
  int character = -1;
  buffer_.type(
      "\x03", [&] { return std::exchange(character, 3); }, Waiting::Stays);
  EXPECT_EQ(read(9), "\x03") << "asked before the change, it is there after it";
}

}  // namespace
}  // namespace upyd
