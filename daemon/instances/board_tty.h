#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "instances/instance_host.h"
#include "reactor/terminal_line.h"

namespace upyd {

/// The pseudo-terminal of an instance: whoever opens it has the console, and the prompt, as far as nobody else has it.
///
/// A link in the file system names it. When the last program closes it, it hangs up: the console is free again, and
/// what the program has not read is lost. The link may name another terminal then. A program that does not read stops
/// nobody: its output is bounded as that of any client, and what is lost is told in its place.
///
/// All happens on the reactor, but for the constructor, `close`, and what the instance's thread tells.
class BoardTty final : private TerminalLine::Owner, public std::enable_shared_from_this<BoardTty> {
 public:
  /// What the terminals of all instances share; it must outlive them.
  struct Parts {
    Reactor& reactor;
    OpenWatch& watch;
  };
  BoardTty(const Parts& parts, std::string link, const TerminalAccess& access, std::shared_ptr<InstanceHost> host);

  /// Makes the terminal and the link. Not OK: FAILED_PRECONDITION when the link can't be made, PERMISSION_DENIED when
  /// the terminal may not be given to that owner and group, RESOURCE_EXHAUSTED when the system has none.
  grpc::Status open();
  /// It is for others from now on: whoever has opened it is hung up soon, and the link leads to another terminal. Any
  /// thread.
  void hand_over(const TerminalAccess& access);
  /// The instance ends: the link is gone when this returns, and whoever has opened the terminal is hung up soon. Any
  /// thread.
  void close();

 private:
  void opened() override { take_console(); }
  bool typed(std::string_view bytes) override;
  void has_room() override { pump(); }
  void hung_up() override;

  /// Has `act()` called on the reactor, whatever it takes.
  void post(std::function<void()> act);
  void renew(const TerminalAccess& access);
  grpc::Status publish();
  void take_console();
  void lose_console();
  void read_on();
  void pump();
  bool take_output();
  void end();
  /// Has a member called on the reactor.
  std::function<void()> later(void (BoardTty::*member)());

  const Parts& parts_;
  const std::string link_path_;
  TerminalAccess access_;
  std::shared_ptr<InstanceHost> host_;  // until the end
  std::shared_ptr<TerminalLine> line_;  // until the end
  std::shared_ptr<ConsoleLink> link_;   // null while it does not have the console
  std::string output_;                  // on its way to the terminal
};

}  // namespace upyd
