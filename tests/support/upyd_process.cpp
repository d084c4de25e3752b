#include "support/upyd_process.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace test_support {

const char* const UpydProcess::kUpyd = UPYD_PATH;

/// A daemon that a test starts in another way leaves no state on the machine, and no logs.
[[maybe_unused]] static const int kNoState =
    setenv("STATE_DIRECTORY", "/dev/null/upyd", 1) | setenv("RUNTIME_DIRECTORY", "/dev/null/upyd", 1);

UpydProcess::UpydProcess(const std::string& config, const std::string& state, std::vector<std::string> environment,
                         const std::string& program, const std::vector<std::string>& listen) {
  std::ofstream(config_file()) << config;
  environment.insert(environment.end(), {"STATE_DIRECTORY=" + (state.empty() ? directory_.file("state") : state),
                                         "CONFIGURATION_DIRECTORY=" + directory_.file("config"),
                                         "RUNTIME_DIRECTORY=" + runtime_.path().string()});
  std::vector<std::string> arguments{program, "--config", config_file(), "--listen", url()};
  for (const std::string& address : listen) arguments.insert(arguments.end(), {"--listen", address});
  process_.emplace(arguments, environment);
  wait_until_it_answers();
  connection_.emplace(upyd::Address::parse(url()));
}

void UpydProcess::let_everyone_in() const {
  chmod(directory_.path().c_str(), 0755);
  chmod(socket().c_str(), 0666);
}

void UpydProcess::reload(const std::string& config) const {
  std::ofstream(config_file()) << config;
  send_signal(SIGHUP);
}

bool UpydProcess::answers() const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket().c_str(), sizeof address.sun_path - 1);
  int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return connected;
}

void UpydProcess::wait_until_it_answers() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!answers()) {
    if (std::chrono::steady_clock::now() > deadline || !process_->runs()) {
      process_->send_signal(SIGKILL);
      throw std::runtime_error("upyd does not answer:\n" + process_->wait().err);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

}  // namespace test_support
