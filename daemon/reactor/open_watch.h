#pragma once

#include <asio/posix/stream_descriptor.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "reactor/reactor.h"

namespace upyd {

/// Tells when programs open files. All functions may be called from any thread.
class OpenWatch {
 public:
  /// `reactor` must outlive it. Where the system has no resources for it, there can be no watch.
  explicit OpenWatch(Reactor& reactor);
  /// There must be no watch left. Not on the reactor.
  ~OpenWatch();
  OpenWatch(const OpenWatch&) = delete;
  OpenWatch& operator=(const OpenWatch&) = delete;

  using Id = int;
  static constexpr Id kNone = -1;
  /// Calls `opened`, on the reactor, after that file was opened; once for several times, if they come at once. kNone:
  /// the system has no resources for it, as errno says.
  Id add(const std::string& path, std::function<void()> opened);
  /// On the reactor, `opened` is not called any more when this returns; elsewhere it may be on its way.
  void remove(Id id);

 private:
  void wait();
  void take_events();
  std::function<void()> find(Id id);

  Reactor& reactor_;
  asio::posix::stream_descriptor events_;  // an inotify instance; closed: there is none
  std::mutex mutex_;                       // guards what follows
  std::map<Id, std::function<void()>> watches_;
};

}  // namespace upyd
