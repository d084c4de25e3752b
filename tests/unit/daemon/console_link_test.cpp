#include "instances/console_link.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

class ConsoleLinkTest : public testing::Test {
 protected:
  std::string read(size_t size) {
    std::string text(size, '\0');
    const ptrdiff_t count = link_.read(text.data(), size);
    return count < 0 ? "nothing yet" : text.substr(0, static_cast<size_t>(count));
  }

  int rooms_ = 0;
  ConsoleLink link_{100, OutputBuffer::Patience(0), {[] {}, [this] { ++rooms_; }, [] {}}};
};

TEST_F(ConsoleLinkTest, InputIsReadInOrder) {
  EXPECT_EQ(read(5), "nothing yet");
  EXPECT_TRUE(link_.type("abc"));
  EXPECT_TRUE(link_.type("def"));
  EXPECT_EQ(read(4), "abcd");
  EXPECT_EQ(read(4), "ef");
  EXPECT_EQ(read(4), "nothing yet");
}

TEST_F(ConsoleLinkTest, TheEndComesAfterWhatWasTyped) {
  link_.type("x");
  link_.end_input();
  EXPECT_EQ(read(5), "x");
  EXPECT_EQ(read(5), "");
}

TEST_F(ConsoleLinkTest, TellsOnceWhenThereIsRoomAgain) {
  EXPECT_TRUE(link_.type(std::string(ConsoleLink::kInputLimit - 1, 'x')));
  EXPECT_FALSE(link_.type("xyz"));
  EXPECT_EQ(rooms_, 0);
  read(1);
  EXPECT_EQ(rooms_, 0);
  read(2);
  EXPECT_EQ(rooms_, 1);
  read(1);
  EXPECT_EQ(rooms_, 1);
}

}  // namespace
}  // namespace upyd
