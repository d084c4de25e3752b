#include <google/protobuf/stubs/logging.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include "client.h"
#include "support/possessions.h"
#include "support/upyd_process.h"

/// Clients that mean harm against a daemon of the build, which must neither end nor harm an instance that they can't
/// name. A seed repeats what each client does, if not how they meet.
namespace fuzz_requests {
namespace {

using Clock = std::chrono::steady_clock;
using test_support::Possessions;

constexpr int kClients = 4;
constexpr int kActs = 100;  // of each client between two looks at the daemon

/// Whatever they do is over soon.
constexpr const char* kConfig =
    "grace_ms = 50\n"
    "output_wait_ms = 20\n"
    "max_instances = 30\n"
    "[instances]\n"
    "wall_ms = 300\n"
    "cpu_ms = 300\n"
    "callback_ms = 100\n"
    "[maxima]\n"
    "heap_bytes = 4194304\n"
    "stack_bytes = 1048576\n"
    "frame_bytes = 4194304\n"
    "wall_ms = 300\n"
    "cpu_ms = 300\n"
    "callback_ms = 100\n"
    "output_bytes = 1048576\n";

/// An instance of whose name the clients know nothing.
class Bystander {
 public:
  explicit Bystander(upyclient::Connection& upyd) : upyd_(upyd) {
    upyd::v1::CreateInstanceRequest request;
    request.set_name(kName);
    upyd.create_instance(request);
    run("import time\n"
        "from machine import Timer\n"
        "secret = 'unharmed'\n"
        "ticks = 0\n"
        "def tick(t):\n"
        "    global ticks\n"
        "    ticks += 1\n"
        "timer = Timer(period=5, callback=tick)\n");
  }

  /// Throws std::exception if it is not what it was.
  void check() {
    const std::string out =
        run("before = ticks\n"
            "for i in range(200):\n"
            "    if ticks > before: break\n"
            "    time.sleep_ms(1)\n"
            "print(secret, ticks > before)\n");
    if (out != "unharmed True\n") throw std::runtime_error("the bystander says: '" + out + "'");
  }

 private:
  static constexpr const char* kName = "bystander-7d1f";
  static constexpr int kMostTries = 20;

  /// What a script prints. On a busy machine its time may be over before it has run: then it is tried again.
  std::string run(const std::string& source) {
    upyd::v1::RunRequest request;
    request.set_instance(kName);
    request.set_source(source);
    for (int tries = 0; tries < kMostTries; ++tries) {
      auto stream = upyd_.run(request);
      std::string out;
      bool killed = false;
      for (upyd::v1::RunEvent event; stream.read(event);) {
        out += event.output().data();
        killed = event.outcome().has_killed();
      }
      if (!killed) return out;
    }
    throw std::runtime_error("the bystander is killed whenever it runs");
  }

  upyclient::Connection& upyd_;
};

/// Throws std::exception if the daemon has not given back what it had for the clients and their instances.
void check_what_is_left(test_support::UpydProcess& upyd, const Possessions& before) {
  const auto list = upyd.connection().list_instances();
  for (const auto& instance : list.instances()) {
    upyd::v1::DeleteInstanceRequest request;
    request.set_name(instance.name());
    request.set_force(true);
    upyd.connection().delete_instance(request);
  }
  constexpr size_t kOfGrpc = 16;  // its threads come and go
  const auto deadline = Clock::now() + std::chrono::seconds(20);
  for (;;) {
    const Possessions left(upyd.id());
    if (left.threads <= before.threads + kOfGrpc && left.descriptors <= before.descriptors) return;
    if (Clock::now() > deadline) {
      throw std::runtime_error("it keeps " + std::to_string(left.threads) + " threads and " +
                               std::to_string(left.descriptors) + " descriptors; at first it had " +
                               std::to_string(before.threads) + " and " + std::to_string(before.descriptors));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

/// Throws std::exception if it has more memory than its instances, their output and some requests may take.
void check_memory(upyclient::Connection& upyd) {
  constexpr uint64_t kMost = 2ull << 30;
  const uint64_t resident = upyd.get_status().resident_bytes();
  if (resident > kMost) throw std::runtime_error("it has " + std::to_string(resident >> 20) + " MiB");
}

/// Returns whether all went well.
bool fuzz(uint64_t seed, Clock::duration time) {
  test_support::UpydProcess upyd(kConfig);
  Bystander bystander(upyd.connection());
  const Possessions before(upyd.id());
  const auto methods = all_methods();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<Client>(upyd.connection().address().path(), methods, seed * kClients + i));
  }
  const auto end = Clock::now() + time;
  int rounds = 0;
  bool all_well = false;
  try {
    for (; Clock::now() < end; ++rounds) {
      std::vector<std::thread> threads;
      for (const auto& client : clients) {
        threads.emplace_back([&client, end] {
          for (int i = 0; i < kActs && Clock::now() < end; ++i) client->act();
        });
      }
      for (std::thread& thread : threads) thread.join();
      bystander.check();
      check_memory(upyd.connection());
    }
    clients.clear();
    check_what_is_left(upyd, before);
    all_well = true;
  } catch (const std::exception& error) {
    std::cerr << "after " << rounds << " rounds: " << error.what() << "\n";
  }
  upyd.send_signal(SIGTERM);
  const auto upyd_end = upyd.wait();
  std::cout << rounds << " rounds of " << kClients * kActs << " acts with seed " << seed << "\n";
  if (all_well && upyd_end.exit_status == 0) return true;
  std::cerr << "upyd ended with status " << upyd_end.exit_status << ":\n" << upyd_end.err;
  return false;
}

}  // namespace
}  // namespace fuzz_requests

int main(int argc, char** argv) {
  CLI::App app("Attacks an upyd of the build with requests of all kinds.", "fuzz_requests");
  uint64_t seed = 1;
  int seconds = 10;
  app.add_option("--seed", seed, "of what the clients do");
  app.add_option("--seconds", seconds, "how long");
  CLI11_PARSE(app, argc, argv);
  google::protobuf::SetLogHandler(nullptr);  // texts that are no UTF-8 are meant so
  return fuzz_requests::fuzz(seed, std::chrono::seconds(seconds)) ? 0 : 1;
}
