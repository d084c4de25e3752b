#pragma once

#include <grpcpp/support/status.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "instances/board_tty.h"
#include "system/lock_file.h"
#include "system/owned_descriptor.h"

namespace upyd {

/// The pseudo-terminals of instances, by name. All functions may be called from any thread.
class Ttys {
 public:
  /// `directory` is where their links are; those that an upyd left which was killed are removed there. `reactor` must
  /// outlive it.
  Ttys(Reactor& reactor, const std::string& directory);

  /// Gives an instance the terminal that its settings ask for, if they do. INVALID_ARGUMENT: there is no such user or
  /// group; and as BoardTty::open.
  grpc::Status open(const std::shared_ptr<InstanceHost>& host);
  /// The instance of that name is somebody else's from now on, and so is its terminal: whoever has it open is hung up.
  void hand_over(const std::string& name, const std::string& owner);
  /// Takes it away, if the instance of that name has one.
  void close(const std::string& name);

 private:
  void take(const std::string& directory);

  OpenWatch watch_;
  const BoardTty::Parts parts_;
  std::mutex mutex_;  // guards what follows
  OwnedDescriptor directory_;
  std::optional<LockFile> lock_;  // of the directory; without it, another upyd has links there
  struct Terminal {
    std::shared_ptr<BoardTty> terminal;
    v1::Tty settings;
  };
  std::map<std::string, Terminal> ttys_;
};

}  // namespace upyd
