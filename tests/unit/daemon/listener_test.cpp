#include "rpc/listener.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>

#include "rpc/acceptor.h"
#include "rpc/complaints.h"
#include "support/socket_talk.h"
#include "support/temporary_directory.h"
#include "system/descriptors.h"
#include "system/listen_error.h"

namespace upyd {
namespace {

using test_support::connect_to;

/// Takes a connection for the test.
std::function<void(int)> take_into(std::promise<int>& taken) {
  return [&taken](int connection) { taken.set_value(connection); };
}

class ListenerTest : public testing::Test {
 protected:
  const test_support::TemporaryDirectory directory_;
  const std::string path_ = directory_.file("run/upyd.sock");
  const Address address_ = Address::parse("unix://" + path_);
};

TEST_F(ListenerTest, ListensForOwnerAndGroup) {
  {
    Listener listener(address_);
    struct stat status {};
    ASSERT_EQ(stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0660u);
    const int client = connect_to(path_);
    EXPECT_GE(client, 0);
    close(client);
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path() / "run")) << "nothing is left behind";
}

TEST_F(ListenerTest, OneListensAtATime) {
  Listener first(address_);
  try {
    Listener second(address_);
    FAIL() << "two listen";
  } catch (const ListenError& error) {
    EXPECT_NE(std::string(error.what()).find("process " + std::to_string(getpid()) + " holds it"), std::string::npos)
        << error.what();
  }
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(ListenerTest, ListensOnEachAddressOfAHost) {
  const Address host = Address::parse("tcp://localhost:17533");
  Listener first(host);
  EXPECT_FALSE(first.descriptors().empty());
  EXPECT_THROW(Listener second(host), ListenError);
  EXPECT_THROW(Listener(Address::parse("tcp://no-such-host.invalid:7533")), ListenError);
}

/// Lowers the limit of descriptors so that few are left.
class FewDescriptors {
 public:
  FewDescriptors() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const int next = dup(0);
    close(next);
    rlimit few = before_;
    few.rlim_cur = static_cast<rlim_t>(next) + 32;
    setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(DescriptorsTest, TheLastOnesAreKeptBack) {
  FewDescriptors few;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const int end = static_cast<int>(limit.rlim_cur);
  EXPECT_FALSE(is_kept_back(end - end / 4 - 1, DescriptorUse::Script));
  EXPECT_TRUE(is_kept_back(end - end / 4, DescriptorUse::Script));
  EXPECT_FALSE(is_kept_back(end - end / 4, DescriptorUse::Client));
  EXPECT_FALSE(is_kept_back(end - end / 16 - 1, DescriptorUse::Client));
  EXPECT_TRUE(is_kept_back(end - end / 16, DescriptorUse::Client));
}

TEST_F(ListenerTest, GoesOnAcceptingAfterALackOfDescriptors) {
  Listener listener(address_);
  Reactor reactor;
  spdlog::logger log("test", std::make_shared<spdlog::sinks::null_sink_mt>());
  Complaints complaints(log);
  std::promise<int> taken;
  Acceptor acceptor(reactor, listener.descriptors()[0], take_into(taken), complaints);
  const int early = connect_to(path_);
  close(taken.get_future().get());
  close(early);
  taken = {};
  {
    FewDescriptors few;
    std::vector<int> all;
    const int waiting = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    for (int each = dup(0); each >= 0; each = dup(0)) all.push_back(each);
    sockaddr_un place{.sun_family = AF_UNIX};
    std::strncpy(place.sun_path, path_.c_str(), sizeof(place.sun_path) - 1);
    EXPECT_EQ(connect(waiting, reinterpret_cast<const sockaddr*>(&place), sizeof place), 0);
    auto future = taken.get_future();
    EXPECT_EQ(future.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
    for (const int each : all) close(each);
    close(future.get());
    close(waiting);
  }
}

/// A client of TCP may be gone without a word: the kernel is told to find out.
TEST(AcceptorTest, TheKernelLooksAfterTcp) {
  const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in place{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof place;
  auto* const address = reinterpret_cast<sockaddr*>(&place);
  ASSERT_EQ(bind(listening, address, size), 0);
  ASSERT_EQ(listen(listening, 1), 0);
  ASSERT_EQ(getsockname(listening, address, &size), 0);
  Reactor reactor;
  spdlog::logger log("test", std::make_shared<spdlog::sinks::null_sink_mt>());
  Complaints complaints(log);
  std::promise<int> taken;
  auto acceptor = std::make_unique<Acceptor>(reactor, listening, take_into(taken), complaints);
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(connect(client, address, size), 0);
  const int served = taken.get_future().get();
  const auto option = [&](int level, int name) {
    int value = 0;
    socklen_t value_size = sizeof value;
    EXPECT_EQ(getsockopt(served, level, name, &value, &value_size), 0);
    return value;
  };
  EXPECT_EQ(option(SOL_SOCKET, SO_KEEPALIVE), 1);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_NODELAY), 1);
  EXPECT_LE(option(IPPROTO_TCP, TCP_KEEPIDLE) + option(IPPROTO_TCP, TCP_KEEPINTVL) * option(IPPROTO_TCP, TCP_KEEPCNT),
            60);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 60'000);
  acceptor.reset();
  for (const int each : {client, served, listening}) close(each);
}

}  // namespace
}  // namespace upyd
