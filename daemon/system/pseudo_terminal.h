#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>

#include "port/port.h"

namespace upyd {

/// Who may open a terminal.
struct TerminalAccess {
  std::optional<uid_t> owner;  ///< unset: the process's own
  std::optional<gid_t> group;
  mode_t mode = 0660;
};

/// A pseudo-terminal, whose far side any program may open as if it were a serial port. Bytes pass it as they are.
class PseudoTerminal {
 public:
  /// Null: `error` says why. EPERM: it may not be given to that owner and group.
  static std::optional<PseudoTerminal> make(const TerminalAccess& access, upy::PortError& error);
  ~PseudoTerminal();
  PseudoTerminal(PseudoTerminal&& other) noexcept;
  PseudoTerminal& operator=(PseudoTerminal&&) = delete;

  /// The near side, non-blocking: what programs write is read there, and the other way round. While nobody has opened
  /// the far side, and all is read, reading it is EIO.
  int descriptor() const { return descriptor_; }
  /// The far side, "/dev/pts/N".
  const std::string& path() const { return path_; }
  /// Whether somebody has opened the far side, or has left something to be read.
  bool is_open() const;
  /// The width that a program has set; 0: none has.
  size_t columns() const;
  /// Makes it as it was, after programs have set it as they like and have not read all. False: it can't be used any
  /// more, as one of them has kept all others out (TIOCEXCL).
  bool renew() const;

 private:
  explicit PseudoTerminal(int descriptor) : descriptor_(descriptor) {}
  upy::PortError prepare(const TerminalAccess& access);

  int descriptor_;
  std::string path_;
};

}  // namespace upyd
