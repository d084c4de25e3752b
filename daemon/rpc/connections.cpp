#include "rpc/connections.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <new>
#include <string_view>
#include <utility>

namespace upyd {
namespace {

/// How each client of HTTP/2 begins.
constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

constexpr const char* kNoMemory = "there is too little memory";

/// Between two looks at whether a client has gone on, and at which connections are over.
constexpr auto kBetweenLooks = std::chrono::milliseconds(250);
constexpr int64_t kBetweenLooksNs = 100'000'000;

enum class Beginning { Silent, Partial, Http2, Other };

Beginning beginning_of(int connection) {
  std::array<char, kPreface.size()> bytes{};
  const ssize_t size = recv(connection, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Beginning::Silent;
  const std::string_view begun(bytes.data(), static_cast<size_t>(std::max<ssize_t>(size, 0)));
  if (begun.empty() || !kPreface.starts_with(begun)) return Beginning::Other;
  return begun.size() == kPreface.size() ? Beginning::Http2 : Beginning::Partial;
}

/// Tells who speaks something else that HTTP/2 is spoken here, as far as that goes in HTTP/2: settings, and that the
/// connection ends by an error of the protocol. What was sent is taken, lest the kernel throws the answer away.
void say_goodbye(int connection) {
  constexpr std::string_view kGoodbye(
      "\0\0\0\4\0\0\0\0\0"
      "\0\0\10\7\0\0\0\0\0\0\0\0\0\0\0\0\1",
      26);
  std::array<char, 4096> ignored;
  (void)recv(connection, ignored.data(), ignored.size(), MSG_DONTWAIT);
  (void)send(connection, kGoodbye.data(), kGoodbye.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/// 0: it has none.
ino_t inode_of(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

}  // namespace

Connections::Connections(Budget& budget, const AccessQuotas& quotas, Serve serve, Complaints& complaints,
                         Reactor& reactor, int64_t patience_ns)
    : budget_(budget),
      quotas_(quotas),
      serve_(std::move(serve)),
      complaints_(complaints),
      reactor_(reactor),
      patience_ns_(patience_ns) {}

Connections::~Connections() {
  reactor_.call([this] {
    reactor_.cancel(alarm_);
    silent_.clear();
  });
}

void Connections::take(int connection) {
  if (const auto identity = identify(connection)) return take(connection, *identity);
  close(connection);
  complaints_.say("the kernel does not tell who it is");
}

void Connections::take(int connection, const Identity& identity) try {
  admit(OwnedDescriptor(connection), identity);
} catch (const std::bad_alloc&) {
  complaints_.say(kNoMemory);
}

void Connections::admit(OwnedDescriptor connection, const Identity& identity) {
  const std::string principal = identity.name();
  Charge charge(budget_.account(principal));
  const auto room = make_room(charge, principal, most(quotas_.of(principal).max_connections));
  if (!room.ok()) return complaints_.say(room.error_message());
  const int64_t deadline_ns = reactor_.now_ns() + patience_ns_;
  const Client client = std::make_shared<Silent>(reactor_, identity, std::move(charge), deadline_ns);
  if (alarm_ == 0) alarm_ = reactor_.at(deadline_ns, [this](int64_t now_ns) { return end_silent(now_ns); });
  silent_.push_back(client);
  asio::error_code error;
  client->connection.assign(connection.number(), error);
  if (error) return silent_.pop_back();
  (void)connection.release();
  follow(client);
}

/// By what is over, and else by what somebody makes no use of.
grpc::Status Connections::make_room(Charge& charge, const std::string& principal, uint64_t quota) {
  auto room = charge.set(1, quota);
  if (!room.ok() && forget_ended()) room = charge.set(1, quota);
  if (!room.ok() && end_oldest_silent(principal)) room = charge.set(1, quota);
  return room;
}

/// False, too, if that was looked for a moment ago: there may be many, and one after the other may want a place.
bool Connections::forget_ended() {
  const int64_t now_ns = reactor_.now_ns();
  if (now_ns < last_look_ns_ + kBetweenLooksNs) return false;
  last_look_ns_ = now_ns;
  return std::erase_if(served_, [](const Served& each) { return inode_of(each.descriptor) != each.inode; }) > 0;
}

bool Connections::end_oldest_silent(const std::string& principal) {
  const auto oldest = std::find_if(silent_.begin(), silent_.end(),
                                   [&](const Client& each) { return each->identity.name() == principal; });
  if (oldest == silent_.end()) return false;
  silent_.erase(oldest);
  return true;
}

void Connections::follow(const Client& client) try { look_at(client); } catch (const std::bad_alloc&) {
  silent_.remove(client);
  complaints_.say(kNoMemory);
}

void Connections::look_at(const Client& client) {
  switch (beginning_of(client->connection.native_handle())) {
    case Beginning::Silent:
      return listen_to(client);
    case Beginning::Partial:
      return look_again_later(client);
    case Beginning::Http2:
      return serve(client);
    case Beginning::Other:
      say_goodbye(client->connection.native_handle());
      silent_.remove(client);
  }
}

void Connections::listen_to(const Client& client) {
  client->connection.async_wait(asio::posix::stream_descriptor::wait_read,
                                [this, weak = std::weak_ptr(client)](const asio::error_code&) {
                                  if (const auto alive = weak.lock()) follow(alive);
                                });
}

/// There is something to read already, so the descriptor can't tell that more has come.
void Connections::look_again_later(const Client& client) {
  client->pause.expires_after(kBetweenLooks);
  client->pause.async_wait([this, weak = std::weak_ptr(client)](const asio::error_code&) {
    if (const auto alive = weak.lock()) follow(alive);
  });
}

void Connections::serve(const Client& client) {
  silent_.remove(client);
  const int connection = client->connection.native_handle();
  served_.reserve(served_.size() + 1);
  if (const char* const why = serve_(connection, client->identity)) return complaints_.say(why);
  client->connection.release();
  served_.push_back({connection, inode_of(connection), std::move(client->charge)});
}

/// Those whose patience is at an end are the first.
int64_t Connections::end_silent(int64_t now_ns) {
  while (!silent_.empty() && silent_.front()->deadline_ns <= now_ns) silent_.pop_front();
  forget_ended();
  if (!silent_.empty()) return silent_.front()->deadline_ns;
  alarm_ = 0;
  return Alarms::kNever;
}

}  // namespace upyd
