#pragma once

#include <grpcpp/support/status.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "instances/board_tty.h"

namespace upyd {

/// The pseudo-terminals of instances, by name. All functions may be called from any thread.
class Ttys {
 public:
  /// `reactor` must outlive it.
  explicit Ttys(Reactor& reactor) : watch_(reactor), parts_{reactor, watch_} {}

  /// Gives an instance the terminal that its settings ask for, if they do. INVALID_ARGUMENT: there is no such user or
  /// group; and as BoardTty::open.
  grpc::Status open(const std::shared_ptr<InstanceHost>& host);
  /// Takes it away, if the instance of that name has one.
  void close(const std::string& name);

 private:
  OpenWatch watch_;
  const BoardTty::Parts parts_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<BoardTty>> ttys_;
};

}  // namespace upyd
