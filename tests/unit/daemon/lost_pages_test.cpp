#include "system/lost_pages.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "support/sanitizers.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

constexpr size_t kSize = 8192;

class LostPagesTest : public testing::Test {
 protected:
  LostPagesTest() {
    survive_lost_pages();
    void* const data = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    mapping_.data = static_cast<char*>(data);
    std::fill_n(mapping_.data, kSize, 'x');
  }
  ~LostPagesTest() override {
    munmap(mapping_.data, kSize);
    close(file_);
  }
  int make_file() {
    const int file = open(directory_.file("f").c_str(), O_RDWR | O_CREAT, 0600);
    EXPECT_EQ(ftruncate(file, kSize), 0);
    return file;
  }
  /// The signal that ends a process which does so; 0: none.
  static int signal_of(const std::function<void()>& body) {
    const pid_t child = fork();
    if (child == 0) {
      body();
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }
  volatile char& at(size_t offset) { return mapping_.data[offset]; }

  test_support::TemporaryDirectory directory_;
  int file_ = make_file();
  FileMapping mapping_{nullptr, kSize};
};

TEST_F(LostPagesTest, WhoSaysWhatItTouchesFindsZeros) {
  EXPECT_EQ(ftruncate(file_, 4096), 0);
  const TouchesMapping touches(mapping_);
  EXPECT_EQ(at(1), 'x');
  EXPECT_FALSE(mapping_.is_lost);
  EXPECT_EQ(at(5000), 0);
  EXPECT_TRUE(mapping_.is_lost);
  EXPECT_EQ(at(1), 0) << "all of it is replaced";
  at(5000) = 'y';
  EXPECT_EQ(at(5000), 'y');
}

TEST_F(LostPagesTest, OthersDieOfIt) {
  if (kSanitized) GTEST_SKIP() << "the sanitizers report it instead";
  EXPECT_EQ(ftruncate(file_, 0), 0);
  EXPECT_EQ(signal_of([&] { at(0) = 'y'; }), SIGBUS);
  EXPECT_EQ(signal_of([&] {
              FileMapping other{mapping_.data + 4096, 4096};
              const TouchesMapping touches(other);
              at(0) = 'y';
            }),
            SIGBUS);
  EXPECT_EQ(signal_of([&] {
              const TouchesMapping touches(mapping_);
              at(0) = 'y';
            }),
            0);
  EXPECT_EQ(signal_of([] { raise(SIGBUS); }), SIGBUS);
}

/// A handler that comes later takes its turn behind it.
TEST_F(LostPagesTest, OtherHandlersStay) {
  if (kSanitized) GTEST_SKIP() << "the sanitizers have handlers of their own";
  EXPECT_EQ(ftruncate(file_, 0), 0);
  EXPECT_EQ(signal_of([&] {
              std::signal(SIGBUS, [](int) { raise(SIGKILL); });
              survive_lost_pages();
              {
                const TouchesMapping touches(mapping_);
                at(0) = 'y';
              }
              raise(SIGBUS);
            }),
            SIGKILL);
}

}  // namespace
}  // namespace upyd
