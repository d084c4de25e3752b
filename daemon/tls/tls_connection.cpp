#include "tls/tls_connection.h"

#include <netdb.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <asio/post.hpp>
#include <cerrno>
#include <exception>
#include <utility>

#include "system/descriptors.h"
#include "system/owned_descriptor.h"
#include "tls/certificate.h"
#include "tls/tls_context.h"

namespace upyd {
namespace {

/// As long as a record of TLS. What is read goes on at once, or into a string of its own.
using Buffer = std::array<char, 16u << 10>;

/// How often one direction goes on before others have their turn.
constexpr int kRounds = 16;

/// What OpenSSL says of bytes that no client of TLS begins with.
bool is_no_tls(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return reason == SSL_R_HTTP_REQUEST || reason == SSL_R_HTTPS_PROXY_REQUEST || reason == SSL_R_WRONG_VERSION_NUMBER;
}

std::string reason_of(unsigned long error) {
  if (error == 0) return "it has hung up";
  if (is_no_tls(error)) return "it does not speak TLS; clients of upyd write tls://HOST:PORT";
  if (ERR_GET_REASON(error) == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE) return "it has no certificate";
  const char* const reason = ERR_reason_error_string(error);
  return reason ? reason : "it broke the rules of TLS";
}

std::string peer_of(int socket) {
  sockaddr_storage place{};
  socklen_t size = sizeof place;
  char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";
  auto* const address = reinterpret_cast<sockaddr*>(&place);
  if (getpeername(socket, address, &size) != 0 ||
      getnameinfo(address, size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return "a client that is gone";
  }
  return std::string(host) + ":" + port;
}

/// Takes away what is done, and gives the memory back if that is all.
void drop(std::string& text, ssize_t count) {
  static_cast<size_t>(count) == text.size() ? std::string().swap(text)
                                            : void(text.erase(0, static_cast<size_t>(count)));
}

}  // namespace

TlsConnection::TlsConnection(uint64_t id, int socket, Keeper& keeper, asio::io_context& io)
    : id_(id), peer_(peer_of(socket)), keeper_(keeper), io_(io), client_(io), plain_(io), deadline_(io) {
  client_.assign(socket);
}

void TlsConnection::start() {
  deadline_.expires_after(kProofTime);
  deadline_.async_wait([self = shared_from_this()](const asio::error_code& error) {
    if (!error) self->end();
  });
  wait(client_, Wait::wait_read, &TlsConnection::begin);
}

void TlsConnection::begin() {
  context_ = keeper_.context();
  session_ = context_->accept(client_.native_handle(), why_);
  session_ ? shake_hands() : end();
}

void TlsConnection::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(session_.get());
  if (result == 1) return open();
  const int error = SSL_get_error(session_.get(), result);
  error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? wait_for_tls(result, &TlsConnection::shake_hands)
                                                                : refuse();
}

/// It has been told why. The kernel would take that back if the connection were closed before all is read that came.
void TlsConnection::refuse() {
  keeper_.refuse(*this, why_.empty() ? reason_of(ERR_peek_error()) : why_);
  shutdown(client_.native_handle(), SHUT_WR);
  drain();
}

void TlsConnection::drain() {
  Buffer ignored;
  ssize_t count = 0;
  while ((count = read(client_.native_handle(), ignored.data(), ignored.size())) > 0) {
  }
  count < 0 && errno == EAGAIN ? wait(client_, Wait::wait_read, &TlsConnection::drain) : end();
}

void TlsConnection::open() {
  deadline_.cancel();
  context_.reset();
  auto identity = identity_of(*SSL_get0_peer_certificate(session_.get()), why_);
  int ends[2] = {-1, -1};
  if (!identity || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) return end();
  OwnedDescriptor own(ends[0]), other(ends[1]);
  if (is_kept_back(ends[1], DescriptorUse::Client)) return end();
  plain_.assign(own.number());
  own.release();
  identity_ = std::move(*identity);
  keeper_.prove(*this, other.release(), identity_);
  to_server();
  to_client();
}

void TlsConnection::to_server() {
  for (int i = 0; i < kRounds && plain_.is_open(); ++i) {
    if (for_server_.empty()) {
      Buffer buffer;
      ERR_clear_error();
      const int count = SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) return wait_for_tls(count, &TlsConnection::to_server);
      for_server_.assign(buffer.data(), static_cast<size_t>(count));
    }
    const ssize_t count = write(plain_.native_handle(), for_server_.data(), for_server_.size());
    if (count < 0) {
      return errno == EAGAIN ? wait(plain_, Wait::wait_write, &TlsConnection::to_server) : end();
    }
    drop(for_server_, count);
  }
  go_on_later(&TlsConnection::to_server);
}

void TlsConnection::to_client() {
  for (int i = 0; i < kRounds && plain_.is_open(); ++i) {
    if (for_client_.empty()) {
      Buffer buffer;
      const ssize_t count = read(plain_.native_handle(), buffer.data(), buffer.size());
      if (count < 0 && errno == EAGAIN) return wait(plain_, Wait::wait_read, &TlsConnection::to_client);
      if (count == 0) SSL_shutdown(session_.get());
      if (count <= 0) return end();
      for_client_.assign(buffer.data(), static_cast<size_t>(count));
    }
    ERR_clear_error();
    const int count = SSL_write(session_.get(), for_client_.data(), static_cast<int>(for_client_.size()));
    if (count <= 0) return wait_for_tls(count, &TlsConnection::to_client);
    drop(for_client_, count);
  }
  go_on_later(&TlsConnection::to_client);
}

void TlsConnection::wait_for_tls(int result, Step next) {
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return wait(client_, Wait::wait_read, next);
    case SSL_ERROR_WANT_WRITE:
      return wait(client_, Wait::wait_write, next);
    default:
      return end();
  }
}

void TlsConnection::wait(asio::posix::stream_descriptor& descriptor, Wait kind, Step next) {
  descriptor.async_wait(kind, [self = shared_from_this(), next](const asio::error_code& error) {
    if (!error) self->go_on(next);
  });
}

void TlsConnection::go_on_later(Step next) {
  asio::post(io_, [self = shared_from_this(), next] { self->go_on(next); });
}

/// What there is no memory for ends the connection, and nothing else.
void TlsConnection::go_on(Step next) try {
  if (client_.is_open()) (this->*next)();
} catch (const std::exception&) {
  end();
}

void TlsConnection::end() {
  if (!client_.is_open()) return;
  asio::error_code ignored;
  client_.close(ignored);
  plain_.close(ignored);
  deadline_.cancel();
  keeper_.forget(*this);
}

}  // namespace upyd
