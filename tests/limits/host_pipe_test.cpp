#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "support/script_host.h"
#include "support/temporary_directory.h"

/// Scripts that wait for a file of the host which has nothing to read yet: a pipe whose other end is the test.
namespace {

class HostPipeTest : public testing::Test {
 protected:
  HostPipeTest() : host_(config()) {
    EXPECT_EQ(mkfifo(pipe().c_str(), 0600), 0);
    end_ = open(pipe().c_str(), O_RDWR | O_CLOEXEC);
  }
  ~HostPipeTest() override { close(end_); }

  std::string pipe() const { return directory_.file("pipe"); }
  upy::Config config() const {
    upy::Config config;
    config.environment = {{"PIPE", pipe()}};
    return config;
  }
  /// Runs a script, and does something else meanwhile.
  upy::Outcome run(const std::string& source, const std::function<void()>& meanwhile) {
    std::thread other(meanwhile);
    upy::Outcome outcome = host_.run(source);
    other.join();
    return outcome;
  }
  void write_later(std::string_view text) const {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    EXPECT_EQ(write(end_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  const test_support::TemporaryDirectory directory_;
  ScriptHost host_;
  int end_;
};

constexpr const char* kPolls = R"(
import os, select
poller = select.poll()
pipe = open(os.getenv('PIPE'), 'r+b')
poller.register(pipe, select.POLLIN)
print([events for _, events in poller.poll(0)])
print([events for _, events in poller.poll()])
)";

TEST_F(HostPipeTest, APollWaitsForIt) {
  const auto outcome = run(kPolls, [&] { write_later("x"); });
  EXPECT_EQ(outcome.traceback, "");
  EXPECT_EQ(host_.take_output(), "[]\n[1]\n");
}

TEST_F(HostPipeTest, APollOfItCanBeInterrupted) {
  const auto outcome = run(kPolls, [&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    host_.instance().stop(upy::StopLevel::Interrupt);
  });
  EXPECT_EQ(outcome.kind, upy::Outcome::Kind::Interrupted);
}

TEST_F(HostPipeTest, AnEventLoopServesOthersWhileALineIsNotComplete) {
  const auto outcome = run(R"(
import asyncio, os
turns = 0
async def count():
    global turns
    while True:
        turns += 1
        await asyncio.sleep_ms(1)
async def main():
    asyncio.create_task(count())
    reader = asyncio.StreamReader(open(os.getenv('PIPE'), 'r+b'))
    print(await reader.readline(), turns > 2)
    print(await reader.readexactly(4), await reader.read(100))
asyncio.run(main())
)",
                           [&] {
                             write_later("a li");
                             write_later("ne\n");
                             write_later("exact");
                           });
  EXPECT_EQ(outcome.traceback, "");
  EXPECT_EQ(host_.take_output(), "b'a line\\n' True\nb'exac' b't'\n");
}

}  // namespace
