#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace test_support {

/// What became of a process.
struct ProcessEnd {
  int exit_status = -1;  ///< as a shell tells it: 128 + the signal's number if a signal ended it
  std::string out;
  std::string err;
};

/// A program that runs beside the test. Its standard output and error go into unnamed files. If it crashes, or a
/// sanitizer says something of it, the test fails, whatever else it asks of the program.
class Process {
 public:
  /// Starts `arguments[0]`; `environment` ("NAME=value") is added to the test's own. `in` is its standard input.
  explicit Process(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
                   const std::string& in = "");
  /// Kills it if it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Until `wait` has returned.
  pid_t id() const { return id_; }
  /// Whether it has not ended yet. Not to be called after `wait`.
  bool runs() const;
  /// Sends it a signal. Not to be called after `wait`.
  void send_signal(int signal) const;

  /// Waits until it ends; kills it when that takes longer than `timeout`.
  ProcessEnd wait(std::chrono::milliseconds timeout = std::chrono::seconds(20));

  /// Whether its output or error output so far, or what comes before `timeout` is over, contains `text`.
  bool prints(const std::string& text, std::chrono::milliseconds timeout = std::chrono::seconds(10)) const;

 private:
  int in_, out_, err_;  // descriptors of unnamed files
  pid_t id_ = -1;       // -1 when it was waited for
};

/// Starts a program and waits for its end; the arguments are those of Process.
ProcessEnd run_process(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
                       const std::string& in = "");

}  // namespace test_support
