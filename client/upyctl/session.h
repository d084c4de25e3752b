#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "upyclient/connection.h"
#include "upyctl/terminal.h"

namespace upyctl {

/// How a command shows data.
enum class Format { Text, Json };

/// Exit statuses of upyctl's own; a script's stand beside them.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;       ///< the command failed
inline constexpr int kUsageError = 2;    ///< the command line is not understood
inline constexpr int kNotRun = 125;      ///< run, exec: no script ran, or its end is not known
inline constexpr int kSignalExit = 128;  ///< and the number of the signal that ended it

/// One call of upyctl: the options that all commands share, where it writes, and the connection, made when a command
/// first needs it.
class Session {
 public:
  /// `script` are the words of the command line from "--" on, of run and exec.
  Session(const Terminal& terminal, std::vector<std::string> script)
      : terminal_(terminal), script_(std::move(script)) {}

  /// Declares --host, --json, and the files of TLS.
  void add_options(CLI::App& command);

  /// Declares a command with the shared options. `action` runs once the command line is understood, and returns the
  /// exit status of upyctl.
  CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& description,
                        std::function<int()> action);

  /// Where the command writes; lives as long as the session.
  const Terminal& terminal() const { return terminal_; }
  const std::vector<std::string>& script() const { return script_; }
  /// As --json says. Known once the command line is parsed.
  Format format() const { return json_ ? Format::Json : Format::Text; }

  /// Writes an answer in the format asked for: as JSON, or as `text`, which says the same to people.
  void show(const google::protobuf::Message& answer, const std::string& text) const;

  /// The daemon of --host, else of UPYD_HOST, else the user's default one (upyctl/hosts_file.h), else that of the
  /// machine. Throws what says why there is none.
  upyclient::Connection& upyd();

  /// What went wrong, for the user: where an instance was not found, with the name that may have been meant.
  std::string explain(const upyclient::Error& error);

  /// Runs the action of the command that was parsed; returns the exit status.
  int act() const { return action_(); }

 private:
  upyclient::Host host() const;

  const Terminal& terminal_;
  const std::vector<std::string> script_;
  std::string host_, ca_, cert_, key_;
  bool json_ = false;
  std::function<int()> action_;
  std::optional<upyclient::Connection> connection_;
};

}  // namespace upyctl
