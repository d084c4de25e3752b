// flood SOCKET KIND COUNT: an attack on an upyd at a Unix socket, by whoever runs it. Says so once it goes on, and
// goes on until it is killed. Of what the attacked does not take it makes nothing.
//
//   silent    as many connections, on which nothing is said
//   idle      as many connections, which speak HTTP/2 and then make no call
//   garbage   as many connections, with random bytes, or halves of HTTP/2's frames, over and over
//   churn     opens and closes as many connections, then says so
//   streams   as many runs that print without end, in the smallest of instances, none of which is read
//   messages  requests of 64 MiB, from as many threads
//   calls     calls without a pause, from as many threads
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "upyclient/connection.h"

namespace {

/// How a client of HTTP/2 begins: with this, and a frame of no settings.
constexpr std::string_view kPreface("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);

void say_on() {
  std::puts("the flood is on");
  std::fflush(stdout);
}

[[noreturn]] void stay() {
  for (;;) pause();
}

class Flood {
 public:
  Flood(std::string socket, int count) : socket_(std::move(socket)), count_(count) {}

  void silent() { hold(""); }
  void idle() { hold(kPreface); }

  void garbage() {
    say_on();
    std::mt19937 random(1);
    for (;;) {
      std::vector<int> open;
      for (int i = 0; i < count_; ++i) {
        std::string bytes(i % 3 == 0 ? "" : kPreface);
        if (i % 3 == 1) bytes += std::string("\0\x40\0\1\4\0\0\0\1", 9) + "half a frame of headers";
        while (bytes.size() < 200 && i % 3 != 1) bytes += static_cast<char>(random());
        open.push_back(connect_and_say(bytes));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      for (const int connection : open) close(connection);
    }
  }

  void churn() {
    for (int i = 0; i < count_; ++i) close(connect_and_say(i % 2 == 0 ? kPreface : ""));
    say_on();
    stay();
  }

  void streams() {
    upyclient::Connection upyd(upyd::Address::parse("unix://" + socket_));
    upyd::v1::RunRequest request;
    auto& config = *request.mutable_own()->mutable_config();
    config.set_heap_bytes(64u << 10);
    config.set_stack_bytes(32u << 10);
    config.set_frame_bytes(16u << 10);
    request.set_source("while True: print('x' * 999)");
    std::deque<upyclient::RunStream> unread;
    for (int i = 0; i < count_; ++i) unread.push_back(upyd.run(request));
    std::this_thread::sleep_for(std::chrono::seconds(1));
    say_on();
    stay();
  }

  void messages() {
    upyd::v1::CompileRequest request;
    request.set_source(std::string(64u << 20, '\n'));
    repeat([&request](upyclient::Connection& upyd) { upyd.compile(request); });
  }

  void calls() {
    repeat([](upyclient::Connection& upyd) { upyd.get_status(); });
  }

 private:
  int connect_and_say(std::string_view text) const {
    const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{.sun_family = AF_UNIX};
    std::strncpy(address.sun_path, socket_.c_str(), sizeof address.sun_path - 1);
    if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && !text.empty()) {
      (void)send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    }
    return connection;
  }
  void hold(std::string_view text) const {
    for (int i = 0; i < count_; ++i) connect_and_say(text);
    say_on();
    stay();
  }
  void repeat(const std::function<void(upyclient::Connection&)>& call) const {
    std::vector<std::thread> threads;
    for (int i = 0; i < count_; ++i) {
      threads.emplace_back([&] {
        upyclient::Connection upyd(upyd::Address::parse("unix://" + socket_));
        for (;;) try {
            call(upyd);
          } catch (const upyclient::Error&) {
          }
      });
    }
    say_on();
    for (std::thread& thread : threads) thread.join();
  }

  const std::string socket_;
  const int count_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string_view, void (Flood::*)()> kinds = {
      {"silent", &Flood::silent}, {"idle", &Flood::idle},       {"garbage", &Flood::garbage},
      {"churn", &Flood::churn},   {"streams", &Flood::streams}, {"messages", &Flood::messages},
      {"calls", &Flood::calls}};
  const auto kind = argc == 4 ? kinds.find(argv[2]) : kinds.end();
  if (kind == kinds.end()) return std::fputs("flood SOCKET KIND COUNT\n", stderr), 2;
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  Flood flood(argv[1], std::atoi(argv[3]));
  (flood.*kind->second)();
}
