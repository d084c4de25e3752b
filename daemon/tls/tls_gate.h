#pragma once

#include <spdlog/fwd.h>

#include <asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "reactor/reactor.h"
#include "system/rate_limit.h"
#include "tls/file_stamps.h"
#include "tls/tls_connection.h"
#include "tls/tls_context.h"
#include "tls/tls_settings.h"

namespace upyd {

/// Where clients come in by TLS: it has them prove who they are, and hands them on without TLS. On a thread of its own,
/// so that those who try keep nobody else waiting.
///
/// The files of the settings are looked at whenever a client comes, and again and again while any is there. When they
/// have changed, new clients are judged by what they say now, those that are there are judged anew, and end if their
/// certificate would not be taken any more; all others go on. Files that are not right yet change nothing.
class TlsGate final : private TlsConnection::Keeper {
 public:
  static constexpr std::chrono::seconds kBetweenLooks{10};
  /// Clients that have proved who they are, in all and of one name.
  static constexpr size_t kMost = 512, kMostOfOne = 64;
  /// Clients that have not yet: for one more, the oldest must go.
  static constexpr size_t kMostUnknown = 256;
  /// Gets a client, that of an identity, at a connected, non-blocking socket, which it owns.
  using Serve = std::function<void(int connection, const Identity& identity)>;

  /// Throws ConfigError. `serve` is called on the gate's reactor. `between_looks`: at the files, while clients are
  /// there.
  TlsGate(const TlsSettings& settings, Serve serve, spdlog::logger& log,
          std::chrono::milliseconds between_looks = kBetweenLooks);
  /// Lets clients have what they are still to be told, for a short while.
  ~TlsGate();
  TlsGate(const TlsGate&) = delete;
  TlsGate& operator=(const TlsGate&) = delete;

  /// Its thread.
  Reactor& reactor() { return reactor_; }

  /// Gets a client at a connected, non-blocking socket, and owns it. Null, or why it can't: then the socket stays the
  /// caller's. On its reactor.
  const char* take(int socket);

  /// Has other settings hold, or the same with what the files say now. Throws ConfigError: then all is as it was. Not
  /// on its reactor.
  void use(const TlsSettings& settings);

  /// `serve` is not called any more. Not on its reactor.
  void take_no_more();

 private:
  using Keeper = TlsConnection::Keeper;
  using Connections = std::map<uint64_t, std::shared_ptr<TlsConnection>>;  // the oldest first

  std::shared_ptr<const TlsContext> context() override;
  void prove(TlsConnection& connection, int plain, const Identity& identity) override;
  void refuse(const TlsConnection& connection, const std::string& why) override;
  void forget(TlsConnection& connection) override;
  bool is_room_for(const Identity& identity) const;
  void hold(const TlsSettings& settings, FileStamps stamps, std::shared_ptr<const TlsContext> context);
  void look_at_files();
  void judge_anew();
  void look_later();

  const Serve serve_;
  spdlog::logger& log_;
  const std::chrono::milliseconds between_looks_;
  TlsSettings settings_;  // this and what follows: on the reactor only
  FileStamps stamps_;
  std::shared_ptr<const TlsContext> context_;
  Connections unknown_, proved_;
  uint64_t last_id_ = 0;
  RateLimit refusals_;
  bool takes_more_ = true;
  std::function<void()> when_empty_;  // called when the last client has ended; null: nobody waits
  Reactor reactor_;
  asio::steady_timer look_{reactor_.io()};
};

}  // namespace upyd
