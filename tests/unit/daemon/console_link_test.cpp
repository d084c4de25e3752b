#include "instances/console_link.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

using Stream = upy::Console::Stream;
using Use = ConsoleLink::Use;

std::string read(ConsoleLink& link) {
  char buffer[100];
  const ptrdiff_t count = link.input.read(buffer, sizeof buffer);
  return count < 0 ? "nothing yet" : std::string(buffer, static_cast<size_t>(count));
}

class ConsoleLinkTest : public testing::Test {
 protected:
  std::shared_ptr<ConsoleLink> make(Use use) {
    return std::make_shared<ConsoleLink>(
        100, OutputBuffer::Timeout(0),
        ConsoleLink::Client{.on_readable = [] {}, .on_room = [] {}, .on_end = [] {}, .use = use});
  }
};

TEST_F(ConsoleLinkTest, ATerminalGetsTheEndsOfLinesThatItWants) {
  const auto prompt = make(Use::Prompt);
  prompt->write(Stream::Out, "a\nb\n");
  prompt->write(Stream::Out, "c");
  prompt->output.write(Stream::Out, "d\n");
  EXPECT_EQ(prompt->output.take()->data, "a\r\nb\r\ncd\n");
  const auto input = make(Use::Input);
  input->write(Stream::Out, "a\n");
  EXPECT_EQ(input->output.take()->data, "a\n");
}

TEST_F(ConsoleLinkTest, AtThePromptAnInterruptDropsWhatWaits) {
  const auto ctrl_c = [] { return 3; };
  const auto prompt = make(Use::Prompt), input = make(Use::Input);
  for (const auto& link : {prompt, input}) {
    link->type("before", ctrl_c);
    EXPECT_TRUE(link->type("\x03"
                           "after",
                           ctrl_c)
                    .interrupts);
  }
  EXPECT_EQ(read(*prompt), "after");
  EXPECT_EQ(read(*input), "beforeafter");
}

TEST_F(ConsoleLinkTest, WhoIsGoneHasSaidAll) {
  const auto link = make(Use::Prompt);
  link->type("last", [] { return -1; });
  link->write(Stream::Out, "x");
  EXPECT_FALSE(link->is_gone());
  link->leave();
  EXPECT_TRUE(link->is_gone());
  EXPECT_FALSE(link->output.take());
  EXPECT_EQ(read(*link), "last");
  EXPECT_EQ(read(*link), "");
}

}  // namespace
}  // namespace upyd
