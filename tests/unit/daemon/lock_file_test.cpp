#include "system/lock_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

class LockFileTest : public testing::Test {
 protected:
  const test_support::TemporaryDirectory directory_;
  const std::string path_ = directory_.file("upyd.sock.lock");
};

TEST_F(LockFileTest, OneHoldsIt) {
  auto first = std::make_unique<LockFile>(path_);
  try {
    LockFile second(path_);
    FAIL() << "two hold it";
  } catch (const LockError& error) {
    EXPECT_EQ(error.what(), "cannot lock " + path_ + ": process " + std::to_string(getpid()) + " holds it");
  }
  first.reset();
  EXPECT_FALSE(std::filesystem::exists(path_));
  LockFile third(path_);
}

TEST_F(LockFileTest, NobodyElseMayOpenIt) {
  LockFile lock(path_);
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(LockFileTest, WhatADeadProcessLeftIsTakenOver) {
  ASSERT_EQ(mknod(path_.c_str(), S_IFREG | 0600, 0), 0);
  EXPECT_NO_THROW(LockFile lock(path_));
}

TEST_F(LockFileTest, TellsWhyItCannot) {
  EXPECT_THROW(LockFile(directory_.file("nowhere/lock")), LockError);
  std::filesystem::create_symlink("/etc/passwd", path_);
  EXPECT_THROW(LockFile lock(path_), LockError);
}

/// Removing the file and locking it anew race; whoever wins, there is one.
TEST_F(LockFileTest, OneOfManyHoldsIt) {
  std::atomic<int> holders = 0, most = 0, times = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        try {
          LockFile lock(path_);
          if (++holders > 1) ++most;
          std::this_thread::yield();
          --holders;
          ++times;
        } catch (const LockError&) {
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 0);
  EXPECT_GT(times, 0);
}

}  // namespace
}  // namespace upyd
