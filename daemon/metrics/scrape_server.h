#pragma once

#include <spdlog/fwd.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "metrics/exposition.h"
#include "reactor/reactor.h"
#include "rpc/acceptor.h"
#include "rpc/complaints.h"
#include "rpc/listener.h"

namespace upyd {

/// Serves the metrics by HTTP, GET /metrics, on a thread of its own, so that no script's deadline waits for a scrape.
///
/// It holds its own against whoever may connect: a request has a bounded head, a connection one request and 10 seconds
/// in all, and of more connections than there may be the oldest ends.
///
/// Why not the exposer of prometheus-cpp, as Debian 12 has it: it takes no Unix socket, knows the older text format
/// alone, and its web server (civetweb) has three threads, one of which wakes up every two seconds.
class ScrapeServer {
 public:
  /// What there is to serve. Called on the server's thread.
  using Source = std::function<std::string(Exposition::Format)>;
  static constexpr size_t kMostConnections = 16;
  static constexpr size_t kLongestHead = 8u << 10;
  static constexpr std::chrono::seconds kTime{10};  ///< of a connection

  /// `log` must outlive it.
  ScrapeServer(std::unique_ptr<Listener> listener, Source source, spdlog::logger& log);
  ~ScrapeServer();
  ScrapeServer(const ScrapeServer&) = delete;
  ScrapeServer& operator=(const ScrapeServer&) = delete;

 private:
  class Connection;
  void take(int descriptor);

  const Source source_;
  const std::unique_ptr<Listener> listener_;
  Reactor reactor_;
  std::deque<std::weak_ptr<Connection>> connections_;  // the oldest first; of the reactor's thread
  Complaints complaints_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
};

}  // namespace upyd
