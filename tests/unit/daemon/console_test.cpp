#include "instances/console.h"

#include <gtest/gtest.h>

#include <thread>

namespace upyd {
namespace {

using Stream = upy::Console::Stream;

std::shared_ptr<OutputBuffer> make_buffer(size_t limit = 100) {
  return std::make_shared<OutputBuffer>(limit, OutputBuffer::Timeout(0), [] {});
}

std::shared_ptr<ConsoleLink> make_client(ConsoleLink::Client client = {[] {}, [] {}, [] {}}) {
  return std::make_shared<ConsoleLink>(100, OutputBuffer::Timeout(0), std::move(client));
}

TEST(ConsoleTest, WritesToTheRun) {
  InstanceConsole console;
  const auto buffer = make_buffer();
  console.attach(buffer, nullptr);
  console.write(Stream::Err, "x");
  EXPECT_EQ(buffer->take()->stream, Stream::Err);
}

TEST(ConsoleTest, ARunGetsWhatIsWrittenWhileItRuns) {
  InstanceConsole console;
  console.write(Stream::Out, "idle ");
  const auto buffer = make_buffer();
  console.attach(buffer, nullptr);
  console.write(Stream::Out, "run");
  EXPECT_EQ(buffer->take()->data, "run");
  console.detach();
  console.write(Stream::Out, "later");
  EXPECT_FALSE(buffer->take());
  const auto client = make_client();
  console.link(client);
  EXPECT_EQ(client->output.take()->data, "idle later") << "what was unread is for the console";
}

TEST(ConsoleTest, RunsOfOthersHaveNothingToDoWithAClientInRawMode) {
  InstanceConsole console;
  const auto client = make_client({[] {}, [] {}, [] {}, ConsoleLink::Use::Prompt});
  console.link(client);
  console.set_raw(true);
  EXPECT_FALSE(client->is_raw()) << "it came meanwhile";
  EXPECT_TRUE(console.take_newcomer());
  console.set_raw(true);
  client->input.put("answer me");
  const auto buffer = make_buffer();
  console.attach(buffer, nullptr);
  console.write(Stream::Out, "run");
  EXPECT_EQ(buffer->take()->data, "run");
  char byte = 0;
  EXPECT_EQ(console.read(&byte, 1), 0);
  EXPECT_EQ(console.input(), upy::Console::Input::End);
  EXPECT_FALSE(console.gives_keys());
  console.detach();
  EXPECT_FALSE(client->output.take());
  console.write(Stream::Out, "OK");
  EXPECT_EQ(client->output.take()->data, "OK");
  EXPECT_EQ(console.read(&byte, 1), 1);
  EXPECT_EQ(byte, 'a');
}

TEST(ConsoleTest, AClientAndARunBothGetTheOutput) {
  InstanceConsole console;
  console.write(Stream::Out, "idle");
  const auto client = make_client();
  console.link(client);
  const auto buffer = make_buffer();
  console.attach(buffer, nullptr);
  console.write(Stream::Out, " run");
  console.detach();
  console.write(Stream::Out, " later");
  EXPECT_EQ(client->output.take()->data, "idle run later");
  EXPECT_EQ(buffer->take()->data, " run");
}

TEST(ConsoleTest, ReadersAreToldOfWhatWasUnread) {
  InstanceConsole console;
  int told = 0;
  const auto client = make_client({[&] { ++told; }, [] {}, [] {}});
  EXPECT_TRUE(console.link(client));
  client->output.announce();
  EXPECT_EQ(told, 0) << "there was nothing";
  EXPECT_TRUE(console.unlink(*client));
  console.write(Stream::Out, "idle");
  const auto next = make_client({[&] { ++told; }, [] {}, [] {}});
  EXPECT_TRUE(console.link(next));
  EXPECT_EQ(told, 0) << "who links it tells it, when it holds no lock";
  next->output.announce();
  EXPECT_EQ(told, 1);
}

TEST(ConsoleTest, OneClientHasIt) {
  InstanceConsole console;
  const auto first = make_client(), second = make_client();
  EXPECT_TRUE(console.link(first));
  EXPECT_FALSE(console.link(second));
  EXPECT_FALSE(console.unlink(*second));
  EXPECT_TRUE(console.unlink(*first));
  EXPECT_TRUE(console.link(second));
}

TEST(ConsoleTest, AtTheEndTheClientIsTold) {
  InstanceConsole console;
  console.end();
  int ends = 0;
  const auto client = make_client({[] {}, [] {}, [&] { ++ends; }});
  EXPECT_TRUE(console.link(client));
  console.end();
  console.end();
  EXPECT_EQ(ends, 1);
  EXPECT_FALSE(console.unlink(*client));
}

TEST(ConsoleTest, StopWaitingEndsTheWaitForASlowReader) {
  InstanceConsole console;
  console.attach(std::make_shared<OutputBuffer>(4, std::chrono::hours(1), [] {}), nullptr);
  std::thread writer([&] { console.write(Stream::Out, "abcdef"); });
  console.stop_waiting();
  writer.join();
}

TEST(ConsoleTest, InputIsThatOfTheClient) {
  InstanceConsole console;
  char byte;
  EXPECT_EQ(console.read(&byte, 1), 0);
  const auto client = make_client();
  console.link(client);
  EXPECT_EQ(console.read(&byte, 1), -1);
  client->input.put("x");
  EXPECT_EQ(console.read(&byte, 1), 1);
  EXPECT_TRUE(console.unlink(*client));
  EXPECT_EQ(console.read(&byte, 1), 0);
}

TEST(ConsoleTest, TellsWhatAReadOfInputWouldFind) {
  using Input = upy::Console::Input;
  InstanceConsole console;
  EXPECT_EQ(console.input(), Input::End);
  const auto client = make_client();
  console.link(client);
  EXPECT_EQ(console.input(), Input::Nothing);
  client->input.put("x");
  client->input.end();
  EXPECT_EQ(console.input(), Input::Bytes);
  char byte;
  EXPECT_EQ(console.read(&byte, 1), 1);
  EXPECT_EQ(console.input(), Input::End);
}

TEST(ConsoleTest, ARunMayHaveItsOwnInput) {
  InstanceConsole console;
  const auto client = make_client();
  console.link(client);
  client->input.put("c");
  const auto own = std::make_shared<InputBuffer>([] {}, std::function<void()>());
  console.attach(make_buffer(), own);
  char byte;
  EXPECT_EQ(console.read(&byte, 1), -1);
  own->put("o");
  EXPECT_EQ(console.read(&byte, 1), 1);
  EXPECT_EQ(byte, 'o');
  console.detach();
  EXPECT_EQ(console.read(&byte, 1), 1);
  EXPECT_EQ(byte, 'c');
}

std::shared_ptr<ConsoleLink> make_terminal(std::function<void()> on_end = [] {}) {
  return make_client({[] {}, [] {}, std::move(on_end), ConsoleLink::Use::Prompt});
}

TEST(ConsoleTest, ATerminalWantsThePrompt) {
  InstanceConsole console;
  EXPECT_FALSE(console.wants_prompt());
  EXPECT_FALSE(console.gives_keys());
  EXPECT_EQ(console.columns(), 0u);
  const auto terminal = make_terminal();
  terminal->set_columns(70);
  console.link(terminal);
  EXPECT_TRUE(console.wants_prompt());
  EXPECT_TRUE(console.gives_keys());
  EXPECT_EQ(console.columns(), 70u);
  EXPECT_TRUE(console.take_newcomer());
  EXPECT_FALSE(console.take_newcomer());
  console.write(Stream::Out, "a\n");
  console.write_bytes(Stream::Out, "b\n");
  EXPECT_EQ(terminal->output.take()->data, "a\r\nb\n");
}

TEST(ConsoleTest, WhatWasTypedBeforeLeavingIsReadToItsEnd) {
  InstanceConsole console;
  int ends = 0;
  const auto terminal = make_terminal([&] { ++ends; });
  console.link(terminal);
  terminal->input.put("x");
  EXPECT_TRUE(console.unlink(*terminal));
  EXPECT_EQ(console.holder(), nullptr);
  console.write(Stream::Out, "echo");
  char byte;
  EXPECT_EQ(console.read(&byte, 1), 1);
  EXPECT_EQ(console.read(&byte, 1), 0);
  EXPECT_TRUE(console.take_newcomer());
  console.end_of_input();
  EXPECT_FALSE(console.wants_prompt());
  EXPECT_EQ(ends, 0) << "who has left needs not be told";
  const auto buffer = make_buffer();
  console.attach(buffer, nullptr);
  EXPECT_FALSE(buffer->take()) << "what comes of that is for nobody";
}

TEST(ConsoleTest, WhoHasLeftDoesNotKeepOthersWaiting) {
  InstanceConsole console;
  const auto terminal = make_terminal();
  console.link(terminal);
  EXPECT_EQ(console.holder(), terminal);
  terminal->input.put("x");
  console.unlink(*terminal);
  const auto next = make_client();
  EXPECT_TRUE(console.link(next));
  char byte;
  EXPECT_EQ(console.read(&byte, 1), -1);
  console.end_of_input();
  EXPECT_EQ(console.holder(), next) << "the end was that of the one before";
}

TEST(ConsoleTest, KeepsTheLatestAndTellsOfTheRest) {
  InstanceConsole console;
  console.write(Stream::Err, "first");
  console.write(Stream::Out, std::string(UnreadOutput::kLimit - 1, 'x'));
  console.write(Stream::Out, "y");
  const auto client = make_client();
  EXPECT_TRUE(console.link(client));
  const auto lost = client->output.take();
  EXPECT_EQ(lost->stream, Stream::Err);
  EXPECT_EQ(lost->dropped, 5u);
  EXPECT_EQ(client->output.take()->data, std::string(UnreadOutput::kLimit - 1, 'x') + "y");
  EXPECT_FALSE(client->output.take());
}

TEST(ConsoleTest, ATextLongerThanWhatIsKeptLeavesItsEnd) {
  InstanceConsole console;
  console.write(Stream::Out, "gone");
  console.write(Stream::Out, std::string(UnreadOutput::kLimit, 'x') + "end");
  const auto client = make_client();
  EXPECT_TRUE(console.link(client));
  EXPECT_EQ(client->output.take()->dropped, 7u);
  const std::string kept = client->output.take()->data;
  EXPECT_EQ(kept.size(), UnreadOutput::kLimit);
  EXPECT_EQ(kept.substr(kept.size() - 3), "end");
}

TEST(ConsoleTest, StandardInputIsEmpty) {
  InstanceConsole console;
  char byte = 0;
  EXPECT_EQ(console.read(&byte, 1), 0);
}

TEST(ConsoleTest, NobodySeesOfThePromptWhatIsOfSomebodyElse) {
  using Writer = InstanceConsole::Writer;
  InstanceConsole console;
  const ConsoleLink::Client at_prompt{[] {}, [] {}, [] {}, ConsoleLink::Use::Prompt};
  const auto first = make_client(at_prompt), second = make_client(at_prompt);
  console.link(first);
  EXPECT_TRUE(console.take_newcomer());
  console.set_writer(Writer::Prompt);
  console.write(Stream::Out, "greeting");
  EXPECT_EQ(first->output.take()->data, "greeting");
  EXPECT_TRUE(console.unlink(*first));
  EXPECT_TRUE(console.link(second));
  console.write(Stream::Out, "echo of what the first one typed");
  console.set_writer(Writer::Script);
  console.write(Stream::Out, "of a script\n");
  console.set_writer(Writer::Prompt);
  console.write_bytes(Stream::Out, ">>> ");
  EXPECT_TRUE(console.take_newcomer());
  console.write(Stream::Out, "greeting");
  EXPECT_EQ(second->output.take()->data, "of a script\r\ngreeting");
}

}  // namespace
}  // namespace upyd
