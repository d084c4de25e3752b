#pragma once

#include <asio/posix/stream_descriptor.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "reactor/open_watch.h"
#include "system/pseudo_terminal.h"

namespace upyd {

/// A pseudo-terminal on the reactor: tells when programs open it, what they write, and that all have closed it. One
/// that opens it in the moment in which another closes it may seem to be the same one.
///
/// All functions are for the reactor's thread, but for the constructor and `begin`.
class TerminalLine final : public std::enable_shared_from_this<TerminalLine> {
 public:
  /// Who is told.
  class Owner {
   public:
    virtual void opened() = 0;
    /// Something was typed. False: there is no room for more before `read_on`.
    virtual bool typed(std::string_view bytes) = 0;
    /// There is room again after `write` has left something.
    virtual void has_room() = 0;
    virtual void hung_up() = 0;

   protected:
    ~Owner() = default;
  };

  /// `owner` must live until `close`.
  TerminalLine(Reactor& reactor, OpenWatch& watch, PseudoTerminal terminal, Owner& owner);
  ~TerminalLine();

  /// Begins to tell. False: the system has no resources for that, as errno says.
  bool begin();
  /// All have closed it: is as new for whoever opens it next, who is told by `look`. False: it can't be, see
  /// PseudoTerminal::renew.
  bool renew();
  /// Looks whether somebody has opened it.
  void look();
  /// Nothing is told any more, and whoever has opened it is hung up.
  void close();

  const std::string& path() const { return path_; }
  size_t columns() const { return terminal_ ? terminal_->columns() : 0; }
  /// Whether somebody has opened it.
  bool is_open() const { return is_open_; }
  /// Reads on after there was no room.
  void read_on();
  /// Writes what the terminal takes, and takes that from the front of `output`. Until `has_room` there is no more.
  void write(std::string& output);

 private:
  void read_some();

  OpenWatch& watch_;
  Owner* owner_;  // null after `close`
  const std::string path_;
  std::optional<PseudoTerminal> terminal_;  // until `close`
  asio::posix::stream_descriptor near_;
  OpenWatch::Id watching_ = OpenWatch::kNone;
  bool is_open_ = false;
  bool waits_to_read_ = false, waits_to_write_ = false;
};

}  // namespace upyd
