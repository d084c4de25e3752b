/// How fast files reach a board and come back, beside two `cat` with a socketpair between them, which is what the
/// system itself can do: `upyctl fs cp` of a file to the disk of upyd, with its start; the same without the start, by
/// the client library; and back. What is written is on the disk at the end, of cat's copy as of upyd's. The exit status
/// is 1 if a copy to the board is less than half as fast as cat.

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "report.h"
#include "support/upyd_process.h"

namespace {

using namespace bench;
using namespace upyd::v1;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr double kMaxToCat = 2;

struct Sizes {
  uint64_t mebibytes = 16;
  int repeats = 15;
};

void check(bool is_well, const char* what) {
  if (is_well) return;
  std::perror(what);
  std::exit(2);
}

/// Starts a program with these descriptors as its standard streams.
pid_t start(const std::vector<std::string>& arguments, int in, int out) {
  std::vector<char*> words;
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const pid_t child = fork();
  check(child >= 0, "fork");
  if (child > 0) return child;
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  execvp(words[0], words.data());
  _exit(127);
}

void wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  check(status == 0, "a program failed");
}

void cat(const std::string& from, const std::string& to) {
  int ends[2];
  check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0, "socketpair");
  const int out = open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  check(out >= 0, to.c_str());
  const pid_t sender = start({"cat", from}, STDIN_FILENO, ends[0]), receiver = start({"cat"}, ends[1], out);
  close(ends[0]);
  close(ends[1]);
  wait_for(sender);
  wait_for(receiver);
  fdatasync(out);
  close(out);
}

void by_library(upyclient::Connection& upyd, const std::string& bytes) {
  WriteFileRequest::Target target;
  target.set_instance("b");
  target.set_path("library");
  auto writer = upyd.write_file(target);
  writer.write(bytes);
  writer.complete();
}

void back(upyclient::Connection& upyd) {
  ReadFileRequest request;
  request.set_instance("b");
  request.set_path("library");
  auto stream = upyd.read_file(request);
  for (ReadFileResponse piece; stream.read(piece);) continue;
}

double time_of(const std::function<void()>& thing) {
  const auto begin = Clock::now();
  thing();
  return Milliseconds(Clock::now() - begin).count();
}

void measure(Report& report, const Sizes& sizes) {
  const test_support::TemporaryDirectory directory;
  test_support::UpydProcess upyd("", directory.file("state"));
  CreateInstanceRequest request;
  request.set_name("b");
  request.mutable_config()->set_fs_bytes(sizes.mebibytes << 22);
  upyd.connection().create_instance(request);
  const std::string bytes(sizes.mebibytes << 20, 'x'), source = directory.file("source");
  std::ofstream(source) << bytes;
  setenv("UPYD_HOST", upyd.url().c_str(), 1);
  const std::vector<std::function<void()>> things = {
      [&] { cat(source, directory.file("copy")); },
      [&] {
        wait_for(start({UPYCTL_PATH, "fs", "cp", "-f", "b", source, ":copy"}, STDIN_FILENO, STDOUT_FILENO));
      },
      [&] { by_library(upyd.connection(), bytes); },
      [&] { back(upyd.connection()); },
      [&] {
        wait_for(start({UPYCTL_PATH, "fs", "ls", "b"}, STDIN_FILENO, open("/dev/null", O_WRONLY | O_CLOEXEC)));
      },
  };
  std::vector<std::vector<double>> times(things.size());
  for (int i = 0; i < sizes.repeats; ++i) {
    for (size_t n = 0; n < things.size(); ++n) times[n].push_back(time_of(things[n]));
  }
  std::vector<double> medians;
  for (auto& each : times) medians.push_back(quantile(std::move(each), 0.5));
  report.title(fmt::format("{} MiB to a board; medians of {}", sizes.mebibytes, sizes.repeats));
  report.value("cat, socketpair, cat", medians[0], "ms");
  report.value("upyctl fs cp", medians[1], "ms");
  report.value("of that, starting upyctl (fs ls)", medians[4], "ms");
  report.value("upyclient, to the board", medians[2], "ms");
  report.value("upyclient, from the board", medians[3], "ms");
  report.bounded("upyctl fs cp over cat", medians[1] / medians[0], kMaxToCat, "x");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures how fast files are copied to boards.", "file_bench");
  Sizes sizes;
  app.add_option("--mebibytes", sizes.mebibytes, "Size of the file")->check(CLI::Range(1, 1024));
  app.add_option("--repeats", sizes.repeats, "How often")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  Report report;
  measure(report, sizes);
  return report.all_kept() ? 0 : 1;
}
