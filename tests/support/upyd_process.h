#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/process.h"
#include "support/temporary_directory.h"
#include "upyclient/connection.h"

namespace test_support {

/// An upyd of the build, on a Unix socket in a directory of its own.
class UpydProcess {
 public:
  /// The daemon of the build.
  static const char* const kUpyd;

  /// Starts it with a config file of this text and waits until it answers. `state` is its state directory, one of its
  /// own if empty; `environment` is added to its environment; `program` another build of it; `listen` further
  /// addresses. Throws std::runtime_error, with what it wrote, if it does not answer.
  explicit UpydProcess(const std::string& config = "", const std::string& state = "",
                       std::vector<std::string> environment = {}, const std::string& program = kUpyd,
                       const std::vector<std::string>& listen = {});

  /// Its address.
  std::string url() const { return "unix://" + socket(); }
  std::string socket() const { return directory_.file("upyd.sock"); }
  /// Has every user of this machine reach it, as far as its rules let them.
  void let_everyone_in() const;
  /// A connection to it, for any number of threads.
  upyclient::Connection& connection() { return *connection_; }
  /// Where the terminals of its instances are found.
  std::string tty_directory() const { return runtime_.file("tty"); }
  /// Its process.
  pid_t id() const { return process_->id(); }

  /// As Process::send_signal.
  void send_signal(int signal) const { process_->send_signal(signal); }

  /// Has it read a config file of that text in place of its own. It may not have done so yet when this returns.
  void reload(const std::string& config) const;
  /// Whether it logs that text before long.
  bool logs(const std::string& text, std::chrono::milliseconds timeout = std::chrono::seconds(10)) const {
    return process_->prints(text, timeout);
  }

  /// Waits for its end, as Process::wait.
  ProcessEnd wait() { return process_->wait(); }

 private:
  std::string config_file() const { return directory_.file("upyd.toml"); }
  bool answers() const;
  void wait_until_it_answers();

  TemporaryDirectory directory_;
  TemporaryDirectory runtime_ = TemporaryDirectory::in_memory();  // its runtime directory
  std::optional<Process> process_;
  std::optional<upyclient::Connection> connection_;
};

}  // namespace test_support
