#include "config/blob_key.h"

#include <fcntl.h>
#include <spdlog/logger.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "system/owned_descriptor.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;

constexpr size_t kKeyBytes = 32;

[[noreturn]] void fail(const std::string& path) { throw std::system_error(errno, std::generic_category(), path); }

std::string new_key() {
  std::string key(kKeyBytes, '\0');
  if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size())) fail("getrandom");
  return key;
}

/// The key in the file; empty if there is no such file.
std::string read_key(const std::string& path) {
  const OwnedDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.number() < 0 && errno == ENOENT) return "";
  struct stat about {};
  if (file.number() < 0 || fstat(file.number(), &about) != 0) fail(path);
  if (about.st_mode & (S_IRWXG | S_IRWXO)) throw std::runtime_error(path + " is not for its owner alone: chmod 600 it");
  std::string key(kKeyBytes + 1, '\0');
  const ssize_t size = read(file.number(), key.data(), key.size());
  if (size != static_cast<ssize_t>(kKeyBytes)) throw std::runtime_error(path + " holds no key: remove it");
  key.resize(kKeyBytes);
  return key;
}

/// Writes `key` to a new file, unless another process comes first. The file is never there without all of its bytes.
void write_key(const std::string& path, const std::string& key) {
  const std::string draft = path + "." + std::to_string(getpid());
  unlink(draft.c_str());
  const OwnedDescriptor file(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.number() < 0) fail(draft);
  const bool is_written =
      write(file.number(), key.data(), key.size()) == static_cast<ssize_t>(key.size()) && fsync(file.number()) == 0;
  const bool is_there = is_written && (link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  unlink(draft.c_str());
  errno = error;
  if (!is_there) fail(path);
}

std::string kept_key(const std::string& directory) {
  if (directory.empty()) throw std::runtime_error("there is no directory for upyd's state: set XDG_STATE_HOME or HOME");
  fs::create_directories(directory);
  const std::string path = directory + "/blob.key";
  std::string key = read_key(path);
  if (!key.empty()) return key;
  write_key(path, new_key());
  return read_key(path);
}

}  // namespace

std::string installation_key(const std::string& directory, spdlog::logger& log) try {
  return kept_key(directory);
} catch (const std::exception& error) {
  log.warn("no lasting key for compiled scripts, they run until upyd is restarted: {}", error.what());
  return new_key();
}

}  // namespace upyd
