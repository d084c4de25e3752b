#include "support/process.h"

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace test_support {
namespace {

constexpr auto kPoll = std::chrono::milliseconds(2);

int unnamed_file(const std::string& content = "") {
  int fd = memfd_create("stream", MFD_CLOEXEC);
  if (fd < 0 || pwrite(fd, content.data(), content.size(), 0) != static_cast<ssize_t>(content.size())) {
    throw std::runtime_error("no unnamed file");
  }
  return fd;
}

std::string content_of(int fd) {
  std::string content;
  char buffer[4096];
  for (ssize_t count; (count = pread(fd, buffer, sizeof buffer, static_cast<off_t>(content.size()))) > 0;) {
    content.append(buffer, static_cast<size_t>(count));
  }
  return content;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  result.push_back(nullptr);
  return result;
}

/// The added variables first: the first of a name counts.
std::vector<char*> environment_with(const std::vector<std::string>& added) {
  std::vector<char*> result = pointers(added);
  result.pop_back();
  for (char** variable = environ; *variable != nullptr; ++variable) result.push_back(*variable);
  result.push_back(nullptr);
  return result;
}

bool is_crash(int status) {
  if (!WIFSIGNALED(status)) return false;
  const int signal = WTERMSIG(status);
  return signal == SIGABRT || signal == SIGBUS || signal == SIGFPE || signal == SIGILL || signal == SIGSEGV;
}

bool is_told_by_sanitizer(const std::string& err) {
  return err.find("Sanitizer: ") != std::string::npos || err.find(": runtime error: ") != std::string::npos;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                 const std::string& in)
    : in_(unnamed_file(in)), out_(unnamed_file()), err_(unnamed_file()) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in_, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out_, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err_, STDERR_FILENO);
  int error = posix_spawn(&id_, arguments.front().c_str(), &actions, nullptr, pointers(arguments).data(),
                          environment_with(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + arguments.front());
}

Process::~Process() {
  if (id_ > 0) {
    kill(id_, SIGKILL);
    int status = 0;
    waitpid(id_, &status, 0);
    if (is_crash(status)) ADD_FAILURE() << strsignal(WTERMSIG(status)) << "\n" << content_of(err_);
  }
  if (const std::string err = content_of(err_); is_told_by_sanitizer(err)) ADD_FAILURE() << err;
  for (int fd : {in_, out_, err_}) close(fd);
}

bool Process::runs() const {
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT);
  return info.si_pid == 0;
}

void Process::send_signal(int signal) const { kill(id_, signal); }

ProcessEnd Process::wait(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  int status = 0;
  while (waitpid(id_, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) kill(id_, SIGKILL);
    std::this_thread::sleep_for(kPoll);
  }
  id_ = -1;
  int exit_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return {exit_status, content_of(out_), content_of(err_)};
}

bool Process::prints(const std::string& text, std::chrono::milliseconds timeout) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const auto contains = [&](int file) { return content_of(file).find(text) != std::string::npos; };
  while (!contains(out_) && !contains(err_)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

ProcessEnd run_process(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                       const std::string& in) {
  return Process(arguments, environment, in).wait();
}

}  // namespace test_support
