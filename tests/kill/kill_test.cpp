/// upyd is killed at any moment, on disks that fail and where power fails: of each board all is as before a change or
/// as after it, and what ran comes up again.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <thread>

#include "kill/board_model.h"
#include "kill/surviving_disk.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"

namespace test_kill {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using test_support::UpydProcess;

constexpr const char* kConfig = "grace_ms = 0\noutput_wait_ms = 0\n";

uint64_t seed() {
  const char* given = std::getenv("KILL_SEED");
  return given ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

int rounds(int usual) {
  const char* given = std::getenv("KILL_ROUNDS");
  return given ? std::atoi(given) : usual;
}

/// A state directory, and what is known of the boards in it.
class KillTest : public testing::Test {
 protected:
  using Environment = std::vector<std::string>;

  KillTest() {
    RecordProperty("seed", std::to_string(seed_));
    fs::create_directory(root_);
    fs::create_directory(records_);
  }

  uint64_t below(uint64_t most) { return std::uniform_int_distribution<uint64_t>(0, most - 1)(random_); }

  /// Changes boards until upyd is killed, after some time, or answers with an error.
  void change_until_killed(const Environment& disk) {
    UpydProcess upyd(kConfig, root_, disk);
    std::atomic<bool> is_over = false;
    std::thread killer([&, after = microseconds(below(40'000))] {
      const auto end = std::chrono::steady_clock::now() + after;
      while (!is_over && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(microseconds(50));
      upyd.send_signal(SIGKILL);
    });
    after_ = before_;
    try {
      while (true) {
        Change change = any_change(before_, random_);
        last_ = change.text;
        after_ = std::move(change.after);
        change.request(upyd.connection());
        before_ = after_;
      }
    } catch (const upyclient::Error& error) {
      last_ += std::string(": ") + error.what();
    }
    is_over = true;
    killer.join();
    upyd.wait();
  }

  /// Killed while it starts.
  void kill_early() {
    test_support::Process upyd(
        {UPYD_PATH, "--config", "/dev/null", "--listen", "unix://" + directory_.file("early.sock")},
        {"STATE_DIRECTORY=" + root_.string(), "CONFIGURATION_DIRECTORY=" + directory_.file("config"),
         "RUNTIME_DIRECTORY=" + directory_.file("run")});
    std::this_thread::sleep_for(microseconds(below(40'000)));
    upyd.send_signal(SIGKILL);
    upyd.wait();
  }

  /// What upyd has, once its boards are up, is the one or the other; false if not.
  bool is_whole() {
    UpydProcess upyd(kConfig, root_);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    Boards found = boards_of(upyd.connection(), before_);
    while (!matches(found, before_) && !matches(found, after_)) {
      if (std::chrono::steady_clock::now() > deadline || !differs_in_life_alone(found)) {
        complaint_ = last_ + "\nfound, not as before:\n" + difference(found, before_) + "nor as after:\n" +
                     difference(found, after_);
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      found = boards_of(upyd.connection(), before_);
    }
    if (!matches(found, before_)) before_ = after_;
    after_ = before_;
    return drives_what_is_up(upyd.connection());
  }

  /// Boards may be yet to come up.
  bool differs_in_life_alone(Boards found) const {
    for (const Boards* known : {&before_, &after_}) {
      Boards same = found;
      for (auto& [name, board] : same) {
        const auto other = known->find(name);
        if (other != known->end()) board.stopped = other->second.stopped;
      }
      if (matches(same, *known)) return true;
    }
    return false;
  }

  /// Of what was stopped and then disabled, or the other way round, only the result can be seen.
  static bool matches(const Boards& found, const Boards& known) {
    if (found.size() != known.size()) return false;
    for (const auto& [name, board] : known) {
      const auto same = found.find(name);
      if (same == found.end() || same->second.comes_up() != board.comes_up()) return false;
      Board seen = same->second;
      seen.stopped = board.stopped;
      if (seen != board) return false;
    }
    return true;
  }

  /// Those boards drive their lines that are up and whose main.py does so, and no other line is driven.
  bool drives_what_is_up(upyclient::Connection& upyd) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (std::string wrong = "?"; !wrong.empty(); std::this_thread::sleep_for(std::chrono::milliseconds(1))) {
      if (std::chrono::steady_clock::now() > deadline) {
        complaint_ = last_ + "\n" + wrong;
        return false;
      }
      wrong = wrong_lines(upyd);
    }
    return true;
  }

  std::string wrong_lines(upyclient::Connection& upyd) const {
    std::map<std::string, bool> drivers;
    for (const auto& [name, board] : before_) drivers[name] = board.comes_up() && board.files.contains("main.py");
    const upyd::v1::ListLinesResponse lines = upyd.list_lines();
    std::string wrong;
    for (const auto& line : lines.lines()) {
      if (line.writer().empty()) continue;
      if (!drivers[line.writer()]) wrong += line.writer() + " drives a line\n";
      drivers[line.writer()] = false;
    }
    for (const auto& [name, is_missing] : drivers) {
      if (is_missing) wrong += name + " is not up\n";
    }
    return wrong;
  }

  /// What the disk has after power failed takes the place of what it had.
  void lose_power(Survival survival) {
    survive(root_, records_, survival, survived_);
    fs::remove_all(root_);
    fs::rename(survived_, root_);
    record_all(root_, records_);
  }

  /// Whether rounds of power failures find something wrong.
  bool is_caught(const std::string& forgets) {
    record_all(root_, records_);
    const Environment disk = {std::string("LD_PRELOAD=") + DISK_SHIM, "DISK_ROOT=" + root_.string(),
                              "DISK_RECORDS=" + records_.string(), "DISK_FORGETS=" + forgets};
    for (int i = rounds(30); i > 0; --i) {
      change_until_killed(disk);
      lose_power(below(2) == 0 ? Survival::OnlySynced : Survival::NamesToo);
      if (!is_whole()) return true;
    }
    return false;
  }

  const uint64_t seed_ = seed();
  std::mt19937_64 random_{seed_};
  testing::ScopedTrace trace_{__FILE__, __LINE__, "to repeat it: KILL_SEED=" + std::to_string(seed_)};
  const test_support::TemporaryDirectory directory_;
  const fs::path root_ = directory_.file("state"), records_ = directory_.file("records"),
                 survived_ = directory_.file("survived");
  Boards before_, after_;  // what there may be
  std::string last_;       // what was done last
  std::string complaint_;
};

TEST_F(KillTest, AtAnyMoment) {
  for (int i = rounds(200); i > 0; --i) {
    if (below(5) == 0) kill_early();
    change_until_killed({});
    ASSERT_TRUE(is_whole()) << complaint_;
  }
}

TEST_F(KillTest, OnADiskThatFails) {
  for (int i = rounds(60); i > 0; --i) {
    const bool is_full = below(2) == 0;
    change_until_killed(
        {std::string("LD_PRELOAD=") + DISK_SHIM, "DISK_ROOT=" + root_.string(),
         is_full ? "DISK_ROOM=" + std::to_string(below(60'000)) : "DISK_SYNC_FAILS=" + std::to_string(2 + below(12))});
    ASSERT_TRUE(is_whole()) << complaint_;
  }
}

TEST_F(KillTest, WherePowerFails) { EXPECT_FALSE(is_caught("")) << complaint_; }

/// The test is one: whatever upyd would not sync, power failures would tell.
TEST_F(KillTest, ASyncThatIsMissingIsCaught) {
  EXPECT_TRUE(is_caught("*/instances")) << "of the directory that has the boards";
  before_.clear();
  fs::remove_all(root_);
  fs::create_directory(root_);
  EXPECT_TRUE(is_caught("*/instances/b?")) << "of that of a board";
  before_.clear();
  fs::remove_all(root_);
  fs::create_directory(root_);
  EXPECT_TRUE(is_caught("*/aside/*")) << "of what lies aside";
}

}  // namespace
}  // namespace test_kill
