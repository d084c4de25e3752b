#include "tls/tls_gate.h"

#include <spdlog/logger.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <future>
#include <utility>

#include "upyd/escaped_text.h"
#include "upyd/settings/config_section.h"

namespace upyd {
namespace {

constexpr uint32_t kMostRefusals = 10;  // are told in the log, in
constexpr auto kPeriod = std::chrono::seconds(10);

/// What clients get to be told the end of their calls.
constexpr auto kLastWords = std::chrono::milliseconds(200);

FileStamps stamps_of(const TlsSettings& settings) {
  return FileStamps(std::array{settings.cert, settings.key, settings.client_ca, settings.crl});
}

}  // namespace

TlsGate::TlsGate(const TlsSettings& settings, Serve serve, spdlog::logger& log, std::chrono::milliseconds between_looks)
    : serve_(std::move(serve)), log_(log), between_looks_(between_looks), refusals_(kMostRefusals, kPeriod) {
  use(settings);
}

TlsGate::~TlsGate() {
  std::promise<void> ended;
  reactor_.call([&] {
    look_.cancel();
    takes_more_ = false;
    for (const auto& connection : Connections(unknown_)) connection.second->end();
    proved_.empty() ? ended.set_value() : void(when_empty_ = [&ended] { ended.set_value(); });
  });
  ended.get_future().wait_for(kLastWords);
  reactor_.call([&] {
    when_empty_ = nullptr;
    for (const auto& connection : Connections(proved_)) connection.second->end();
  });
}

const char* TlsGate::take(int socket) try {
  look_at_files();
  auto connection = std::make_shared<TlsConnection>(last_id_ + 1, socket, static_cast<Keeper&>(*this), reactor_.io());
  unknown_.emplace(++last_id_, connection);
  connection->start();
  if (unknown_.size() > kMostUnknown) std::shared_ptr(unknown_.begin()->second)->end();
  return nullptr;
} catch (const std::exception&) {
  return "there is too little memory";
}

void TlsGate::use(const TlsSettings& settings) {
  FileStamps stamps = stamps_of(settings);
  auto context = std::make_shared<const TlsContext>(settings);
  reactor_.call([&] { hold(settings, std::move(stamps), std::move(context)); });
}

void TlsGate::take_no_more() {
  reactor_.call([this] { takes_more_ = false; });
}

std::shared_ptr<const TlsContext> TlsGate::context() { return context_; }

bool TlsGate::is_room_for(const Identity& identity) const {
  const auto of_one = std::count_if(proved_.begin(), proved_.end(), [&](const auto& connection) {
    return connection.second->identity().subject == identity.subject;
  });
  return takes_more_ && proved_.size() < kMost && static_cast<size_t>(of_one) < kMostOfOne;
}

void TlsGate::prove(TlsConnection& connection, int plain, const Identity& identity) {
  if (!is_room_for(identity)) {
    close(plain);
    refuse(connection, "there are too many connections, in all or of " + identity.subject);
    return connection.end();
  }
  proved_.insert(unknown_.extract(connection.id()));
  if (proved_.size() == 1) look_later();
  serve_(plain, identity);
}

void TlsGate::refuse(const TlsConnection& connection, const std::string& why) {
  const auto held_back = refusals_.pass(std::chrono::steady_clock::now());
  if (!held_back) return;
  if (*held_back > 0) log_.warn("{} more clients were refused by TLS", *held_back);
  log_.warn("refused a client by TLS, {}: {}", connection.peer(), escaped(why));
}

void TlsGate::forget(TlsConnection& connection) {
  const uint64_t id = connection.id();  // it ends with the last that has it
  unknown_.erase(id);
  proved_.erase(id);
  if (proved_.empty() && when_empty_) std::exchange(when_empty_, nullptr)();
}

void TlsGate::hold(const TlsSettings& settings, FileStamps stamps, std::shared_ptr<const TlsContext> context) {
  settings_ = settings;
  stamps_ = std::move(stamps);
  context_ = std::move(context);
  for (const std::string& fault : context_->faults_now()) log_.warn("{}", fault);
  judge_anew();
}

/// Those that have failed to be read are not tried again before they change.
void TlsGate::look_at_files() try {
  FileStamps stamps = stamps_of(settings_);
  if (stamps == stamps_) return;
  stamps_ = stamps;
  hold(settings_, std::move(stamps), std::make_shared<const TlsContext>(settings_));
  log_.info("the files of [tls] have changed, and hold now");
} catch (const std::exception& error) {
  log_.error("the files of [tls] have changed, but go on to hold as they were: {}", error.what());
}

void TlsGate::judge_anew() {
  for (const auto& [id, connection] : Connections(proved_)) {
    const auto fault = context_->fault_of(connection->session());
    if (!fault) continue;
    log_.warn("ended the connection of {}, {}: {}", escaped(connection->identity().name()), connection->peer(),
              escaped(*fault));
    connection->end();
  }
}

/// What has expired meanwhile ends, too.
void TlsGate::look_later() {
  look_.expires_after(between_looks_);
  look_.async_wait([this](const asio::error_code& error) {
    if (error || proved_.empty()) return;
    look_at_files();
    judge_anew();
    look_later();
  });
}

}  // namespace upyd
