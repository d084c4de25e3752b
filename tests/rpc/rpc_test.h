#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>

#include "support/upyd_process.h"

namespace upyd {

/// All that a run told its client.
struct RunRecord {
  v1::Started started;
  std::string out;
  std::string err;
  uint64_t dropped = 0;
  int wants = 0;  ///< how often input was wanted
  v1::Outcome outcome;
  int outcomes = 0;
};

/// Tests against a daemon of their own, on simulated chips, with short grace times.
class RpcTest : public testing::Test {
 protected:
  explicit RpcTest(const std::string& config = "grace_ms = 300\noutput_wait_ms = 100\n") : upyd_(config) {}

  upyclient::Connection& upyd() { return upyd_.connection(); }

  v1::Instance create(const std::string& name, const v1::InstanceConfig& config = {});
  void remove(const std::string& name);

  /// Requests, in a standing instance or in one of its own.
  static v1::RunRequest in(const std::string& instance, const std::string& source);
  static v1::RunRequest alone(const std::string& source);

  /// Runs a script to its end.
  RunRecord run(const v1::RunRequest& request);
  /// Reads the next event of a run with input; false: there is none.
  static bool record(upyclient::RunWithInputStream& stream, RunRecord& record);
  /// Reads the rest of a run.
  static RunRecord finish(upyclient::RunStream& stream, RunRecord so_far = {});
  /// Reads until the script has written `text`.
  static RunRecord read_until(upyclient::RunStream& stream, const std::string& text);

  /// The first request of a console.
  static v1::ConsoleRequest console_of(const std::string& instance);
  /// A console that the daemon has opened.
  upyclient::ConsoleStream open_console(const v1::ConsoleRequest& first);
  /// What a console shows until it has shown `text`.
  static std::string read_until(upyclient::ConsoleStream& console, const std::string& text);

  v1::InterruptResponse interrupt(const std::string& instance, v1::InterruptRequest::Level level);
  /// Drives a line of the first chip.
  void drive(const std::string& line, v1::Drive drive);
  v1::Line line(const std::string& id);

  /// The code of the error that a call throws; OK if it throws none.
  static grpc::StatusCode code_of(const std::function<void()>& call);
  /// Whether a condition comes true before long.
  static bool soon(const std::function<bool()>& condition);

  test_support::UpydProcess upyd_;
};

}  // namespace upyd
