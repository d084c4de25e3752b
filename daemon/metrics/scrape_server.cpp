#include "metrics/scrape_server.h"

#include <spdlog/logger.h>
#include <sys/socket.h>
#include <asio/buffer.hpp>
#include <asio/generic/stream_protocol.hpp>
#include <asio/read_until.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "metrics/http_request.h"

namespace upyd {
namespace {

constexpr const char* kPath = "/metrics";
constexpr const char* kPlainText = "text/plain; charset=utf-8";

int family_of(int descriptor) {
  int family = AF_UNIX;
  socklen_t size = sizeof family;
  getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size);
  return family;
}

std::string answer(const std::optional<HttpRequest>& request, const ScrapeServer::Source& source) {
  if (!request) return http_answer("", "400 Bad Request", kPlainText, "this is no HTTP\n");
  if (request->path != kPath) {
    return http_answer(request->method, "404 Not Found", kPlainText, "upyd's metrics are at /metrics\n");
  }
  if (request->method != "GET" && request->method != "HEAD") {
    return http_answer(request->method, "405 Method Not Allowed", kPlainText, "metrics can be got, and nothing else\n",
                       "Allow: GET, HEAD\r\n");
  }
  const auto format = Exposition::preferred(request->accept);
  return http_answer(request->method, "200 OK", Exposition::content_type(format), source(format));
}

}  // namespace

/// One request and its answer. It lives as long as it waits for something.
class ScrapeServer::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& io, int descriptor, const Source& source)
      : source_(source),
        socket_(io, asio::generic::stream_protocol(family_of(descriptor), 0), descriptor),
        timer_(io) {}

  void begin() {
    timer_.expires_after(kTime);
    timer_.async_wait([self = shared_from_this()](const asio::error_code& error) {
      if (!error) self->end();
    });
    asio::async_read_until(
        socket_, asio::dynamic_buffer(head_, kLongestHead), "\r\n\r\n",
        [self = shared_from_this()](const asio::error_code& error, size_t size) { self->have_read(error, size); });
  }

  void end() {
    asio::error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
  }

 private:
  void have_read(const asio::error_code& error, size_t size) {
    if (error == asio::error::not_found) {
      answer_ = http_answer("", "431 Request Header Fields Too Large", kPlainText, "the request is too long\n");
    } else if (error) {
      return end();
    } else {
      answer_ = answer(read_http_head(std::string_view(head_).substr(0, size)), source_);
    }
    asio::async_write(socket_, asio::buffer(answer_),
                      [self = shared_from_this()](const asio::error_code&, size_t) { self->have_written(); });
  }

  /// What the client sent besides is read, as long as the time allows: a connection that is closed before that takes
  /// the answer with it.
  void have_written() {
    asio::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    read_rest();
  }
  void read_rest() {
    socket_.async_read_some(asio::buffer(rest_), [self = shared_from_this()](const asio::error_code& error, size_t) {
      if (error) return self->end();
      self->read_rest();
    });
  }

  const Source& source_;
  asio::generic::stream_protocol::socket socket_;
  asio::steady_timer timer_;
  std::string head_;
  std::string answer_;
  std::array<char, 1024> rest_;
};

ScrapeServer::ScrapeServer(std::unique_ptr<Listener> listener, Source source, spdlog::logger& log)
    : source_(std::move(source)), listener_(std::move(listener)), complaints_(log) {
  for (const int descriptor : listener_->descriptors()) {
    acceptors_.push_back(std::make_unique<Acceptor>(
        reactor_, descriptor, [this](int client) { take(client); }, complaints_));
  }
}

ScrapeServer::~ScrapeServer() {
  acceptors_.clear();
  reactor_.call([this] {
    for (const auto& weak : connections_) {
      if (const auto connection = weak.lock()) connection->end();
    }
  });
}

void ScrapeServer::take(int descriptor) {
  std::erase_if(connections_, [](const auto& weak) { return weak.expired(); });
  if (connections_.size() >= kMostConnections) {
    if (const auto oldest = connections_.front().lock()) oldest->end();
    connections_.pop_front();
  }
  const auto connection = std::make_shared<Connection>(reactor_.io(), descriptor, source_);
  connections_.push_back(connection);
  connection->begin();
}

}  // namespace upyd
