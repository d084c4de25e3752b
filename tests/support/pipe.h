#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace test_support {

/// A descriptor that a test makes readable.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe2(ends_, O_NONBLOCK), 0); }
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int out() const { return ends_[0]; }
  void write() { EXPECT_EQ(::write(ends_[1], "x", 1), 1); }
  /// False: there is nothing to read.
  bool read() {
    char byte;
    return ::read(ends_[0], &byte, 1) == 1;
  }

 private:
  int ends_[2];
};

}  // namespace test_support
