#include "tls/tls_gate.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "support/authority.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using test_support::Authority;

/// The far end of a connection, which blocks.
class Client {
 public:
  Client(int socket, SSL_CTX* context) : socket_(socket), session_(SSL_new(context)) {
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    SSL_set_fd(session_.get(), socket);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool shake_hands() { return SSL_connect(session_.get()) == 1; }
  int send(const std::string& text) { return SSL_write(session_.get(), text.data(), static_cast<int>(text.size())); }
  /// So many bytes, or fewer before the end.
  std::string receive(size_t size) {
    std::string text(size, '\0');
    size_t done = 0;
    for (int count = 1; done < size && count > 0; done += static_cast<size_t>(std::max(count, 0))) {
      count = SSL_read(session_.get(), text.data() + done, static_cast<int>(size - done));
    }
    return text.substr(0, done);
  }
  /// Whether the other end closes it.
  bool ends() {
    char byte = 0;
    return SSL_read(session_.get(), &byte, 1) <= 0;
  }
  SSL& session() { return *session_; }

 private:
  const int socket_;
  const OpenSslPtr<SSL> session_;
};

class TlsGateTest : public testing::Test {
 protected:
  TlsGateTest() {
    std::signal(SIGPIPE, SIG_IGN);  // as upyd does
    write("ca.crt", authority_.cert());
    const auto own = authority_.issue_server();
    write("own.crt", own.cert);
    write("own.key", own.key);
    settings_ = {.cert = file("own.crt"), .key = file("own.key"), .client_ca = file("ca.crt"), .crl = "", .deny = {}};
    SSL_CTX_load_verify_file(context_.get(), file("ca.crt").c_str());
    take(authority_.issue_client("alice"));
    gate_.emplace(
        settings_, [this](int plain, const Identity& identity) { serve(plain, identity); }, log_, kBetweenLooks);
  }
  ~TlsGateTest() override {
    gate_.reset();
    for (std::thread& server : servers_) server.join();
  }
  /// Has later clients come with another certificate.
  void take(const Authority::Issued& issued) {
    write("client.crt", issued.cert);
    write("client.key", issued.key);
    SSL_CTX_use_certificate_file(context_.get(), file("client.crt").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context_.get(), file("client.key").c_str(), SSL_FILETYPE_PEM);
  }
  std::string file(const std::string& name) const { return directory_.file(name); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name)) << text;
    chmod(file(name).c_str(), 0600);
  }
  /// Sends back what comes.
  void serve(int plain, const Identity& identity) {
    std::lock_guard lock(mutex_);
    served_.push_back(identity.name());
    servers_.emplace_back([plain] {
      std::string buffer(100'000, '\0');
      pollfd waiting{plain, POLLIN, 0};
      for (ssize_t count = 1; count > 0;) {
        poll(&waiting, 1, -1);
        count = read(plain, buffer.data(), buffer.size());
        for (ssize_t done = 0; done < count;) {
          const ssize_t more = ::write(plain, buffer.data() + done, static_cast<size_t>(count - done));
          pollfd room{plain, POLLOUT, 0};
          more < 0 ? void(poll(&room, 1, -1)) : void(done += more);
        }
      }
      close(plain);
    });
  }
  /// A connection that the gate has got.
  int connect() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    gate_->reactor().call([&] { EXPECT_EQ(gate_->take(ends[0]), nullptr); });
    return ends[1];
  }
  std::vector<std::string> served() {
    std::lock_guard lock(mutex_);
    return served_;
  }

  static constexpr std::chrono::milliseconds kBetweenLooks{50};
  const test_support::TemporaryDirectory directory_;
  Authority authority_{"test"};
  TlsSettings settings_;
  const OpenSslPtr<SSL_CTX> context_{SSL_CTX_new(TLS_client_method())};
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  std::mutex mutex_;  // guards what follows
  std::vector<std::string> served_;
  std::vector<std::thread> servers_;
  std::optional<TlsGate> gate_;
};

TEST_F(TlsGateTest, PassesOnWhatComesAndGoes) {
  Client client(connect(), context_.get());
  ASSERT_TRUE(client.shake_hands());
  std::string sent(5'000'000, '\0');
  for (size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * i / 7);
  // In steps: nobody reads here while it sends, and the pair of sockets holds some hundred KiB.
  for (size_t at = 0; at < sent.size(); at += 100'000) {
    const std::string part = sent.substr(at, 100'000);
    ASSERT_EQ(client.send(part), static_cast<int>(part.size()));
    ASSERT_EQ(client.receive(part.size()), part);
  }
  EXPECT_EQ(served(), std::vector<std::string>{"certificate:alice"});
}

TEST_F(TlsGateTest, SpeaksNoOldTlsAndResumesNothing) {
  SSL_CTX_set_security_level(context_.get(), 0);
  SSL_CTX_set_max_proto_version(context_.get(), TLS1_1_VERSION);
  EXPECT_FALSE(Client(connect(), context_.get()).shake_hands());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    SSL_CTX_set_max_proto_version(context_.get(), version);
    Client first(connect(), context_.get());
    ASSERT_TRUE(first.shake_hands()) << version;
    first.send("x");
    EXPECT_EQ(first.receive(1), "x");
    EXPECT_EQ(SSL_version(&first.session()), version);
    Client again(connect(), context_.get());
    SSL_set_session(&again.session(), SSL_get0_session(&first.session()));
    ASSERT_TRUE(again.shake_hands());
    EXPECT_EQ(SSL_session_reused(&again.session()), 0);
  }
}

TEST_F(TlsGateTest, WhoIsSilentKeepsNobodyOut) {
  std::vector<int> silent;
  for (size_t i = 0; i < 2 * TlsGate::kMostUnknown; ++i) silent.push_back(connect());
  pollfd oldest{silent.front(), POLLIN, 0}, latest{silent.back(), POLLIN, 0};
  EXPECT_EQ(poll(&oldest, 1, 5000), 1) << "it had to go";
  EXPECT_EQ(poll(&latest, 1, 0), 0);
  Client client(connect(), context_.get());
  EXPECT_TRUE(client.shake_hands());
  client.send("x");
  EXPECT_EQ(client.receive(1), "x");
  for (const int each : silent) close(each);
}

TEST_F(TlsGateTest, OneNameHasNotAllConnections) {
  std::vector<std::unique_ptr<Client>> clients;
  for (size_t i = 0; i < TlsGate::kMostOfOne; ++i) {
    clients.push_back(std::make_unique<Client>(connect(), context_.get()));
    ASSERT_TRUE(clients.back()->shake_hands());
    clients.back()->send("x");
    ASSERT_EQ(clients.back()->receive(1), "x");
  }
  Client more(connect(), context_.get());
  more.shake_hands();
  EXPECT_TRUE(more.ends());
  clients.pop_back();
  for (int tries = 0; tries < 1000; ++tries) {
    Client again(connect(), context_.get());
    if (!again.shake_hands() || again.send("x") != 1 || again.receive(1) != "x") continue;
    return;
  }
  FAIL() << "whoever has gone makes room";
}

TEST_F(TlsGateTest, OtherSettingsEndWhoIsNotTakenByThem) {
  Client client(connect(), context_.get());
  ASSERT_TRUE(client.shake_hands());
  client.send("x");
  ASSERT_EQ(client.receive(1), "x");
  gate_->use(settings_);
  client.send("y");
  EXPECT_EQ(client.receive(1), "y") << "the same certificate is as good as before";
  Authority other("other");
  write("other.crt", other.cert());
  settings_.client_ca = file("other.crt");
  gate_->use(settings_);
  EXPECT_TRUE(client.ends());
}

TEST_F(TlsGateTest, WhoIsRevokedOrHasExpiredEndsWithoutAnybodyAsking) {
  write("crl.pem", authority_.revoked({}));
  settings_.crl = file("crl.pem");
  gate_->use(settings_);
  const auto lost = authority_.issue_client("lost");
  take(lost);
  Client revoked(connect(), context_.get());
  take(authority_.issue({.common_names = {"old"}, .end_s = 3}));
  Client old(connect(), context_.get());
  take(authority_.issue_client("alice"));
  Client client(connect(), context_.get());
  for (Client* const each : {&revoked, &client}) {
    ASSERT_TRUE(each->shake_hands());
    each->send("x");
    ASSERT_EQ(each->receive(1), "x");
  }
  old.shake_hands();  // if it is not too late on a busy machine
  write("crl.pem", authority_.revoked({lost.serial}));
  EXPECT_TRUE(revoked.ends());
  EXPECT_TRUE(old.ends());
  client.send("y");
  EXPECT_EQ(client.receive(1), "y");
}

}  // namespace
}  // namespace upyd
