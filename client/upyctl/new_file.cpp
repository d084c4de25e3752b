#include "upyctl/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "upyctl/files.h"

namespace upyctl {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kMode = 0666;  // the user's umask takes from it

[[noreturn]] void fail(const std::string& path) {
  throw FileError("cannot write '" + path + "': " + std::strerror(errno));
}

std::string link_to(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

}  // namespace

NewFile::NewFile(const std::string& path) : path_(path) {
  struct stat there {};
  const bool is_there = path != kStandardStream && stat(path.c_str(), &there) == 0;
  if (path == kStandardStream) {
    descriptor_ = dup(STDOUT_FILENO);
  } else if (is_there && !S_ISREG(there.st_mode)) {
    descriptor_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    std::error_code ignored;
    if (is_there) path_ = fs::canonical(path, ignored);
    open_aside();
    if (is_there && fchmod(descriptor_, there.st_mode & ALLPERMS) < 0) fail(path_);
  }
  if (descriptor_ < 0) fail(path_);
}

void NewFile::open_aside() {
  const fs::path path(path_);
  const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
  aside_ = directory / ("." + path.filename().string() + ".upyctl-" + std::to_string(getpid()));
  descriptor_ = open(directory.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, kMode);
  if (descriptor_ >= 0) return;
  descriptor_ = open(aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (descriptor_ < 0) fail(path_);
  is_aside_ = true;
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (is_aside_) unlink(aside_.c_str());
}

void NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
    } else if (errno != EINTR) {
      fail(path_);
    }
  }
}

void NewFile::complete() {
  if (!aside_.empty()) give_name();
  const int descriptor = std::exchange(descriptor_, -1);
  if (close(descriptor) < 0 || (is_aside_ && rename(aside_.c_str(), path_.c_str()) < 0)) fail(path_);
  is_aside_ = false;
}

void NewFile::give_name() {
  if (is_aside_) return;
  const std::string link = link_to(descriptor_);
  if (linkat(AT_FDCWD, link.c_str(), AT_FDCWD, aside_.c_str(), AT_SYMLINK_FOLLOW) < 0) fail(path_);
  is_aside_ = true;
}

void write_file(const std::string& path, std::string_view bytes) {
  NewFile file(path);
  file.write(bytes);
  file.complete();
}

}  // namespace upyctl
