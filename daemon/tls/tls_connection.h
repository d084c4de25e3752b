#pragma once

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "access/identity.h"
#include "tls/openssl.h"

namespace upyd {

class TlsContext;

/// A client that comes by TLS. Once it has proved who it is, what it sends goes on without TLS, through a pair of
/// sockets to whoever serves it, and back the same way; so those who serve need to know nothing of TLS.
///
/// A client that says nothing costs its descriptor and this object. On the keeper's reactor, whose handlers own it.
class TlsConnection : public std::enable_shared_from_this<TlsConnection> {
 public:
  /// Who has the connections.
  class Keeper {
   public:
    /// What a client has to prove itself by that begins now.
    virtual std::shared_ptr<const TlsContext> context() = 0;
    /// It is somebody; `plain`, its other end, is now the keeper's.
    virtual void prove(TlsConnection& connection, int plain, const Identity& identity) = 0;
    /// It has not become anybody.
    virtual void refuse(const TlsConnection& connection, const std::string& why) = 0;
    /// It has ended.
    virtual void forget(TlsConnection& connection) = 0;

   protected:
    ~Keeper() = default;
  };

  /// How long a client has to prove who it is.
  static constexpr std::chrono::seconds kProofTime{10};

  /// Owns the connected, non-blocking socket from here on, if this does not throw: std::exception. The keeper must
  /// outlive it.
  TlsConnection(uint64_t id, int socket, Keeper& keeper, asio::io_context& io);
  /// To be called once.
  void start();
  /// Closes both ends, where it has not ended.
  void end();

  uint64_t id() const { return id_; }
  /// Who it is; nobody before that is proved.
  const Identity& identity() const { return identity_; }
  /// Of one that has proved who it is.
  SSL& session() const { return *session_; }
  /// "192.168.1.5:41234".
  const std::string& peer() const { return peer_; }

 private:
  using Step = void (TlsConnection::*)();
  using Wait = asio::posix::stream_descriptor::wait_type;

  void begin();
  void shake_hands();
  void refuse();
  void drain();
  void open();
  void to_server();
  void to_client();
  /// Goes on with the step when TLS can.
  void wait_for_tls(int result, Step next);
  void wait(asio::posix::stream_descriptor& descriptor, Wait kind, Step next);
  void go_on_later(Step next);
  void go_on(Step next);

  const uint64_t id_;
  const std::string peer_;
  Keeper& keeper_;
  asio::io_context& io_;
  asio::posix::stream_descriptor client_, plain_;
  asio::steady_timer deadline_;
  std::string why_;                            // it is refused
  std::shared_ptr<const TlsContext> context_;  // that judges it; null: that is over, or has not begun
  OpenSslPtr<SSL> session_;
  Identity identity_;
  std::string for_server_, for_client_;  // what they do not take yet
};

}  // namespace upyd
