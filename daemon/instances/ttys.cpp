#include "instances/ttys.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "system/users.h"

namespace upyd {
namespace {

using grpc::StatusCode;

/// The group is the daemon's own if none is named: who may use the daemon's socket may open the terminal.
grpc::Status read_access(const v1::Tty& tty, TerminalAccess& access) {
  access.mode = tty.mode();
  access.group = getegid();
  if (!tty.owner().empty()) {
    access.owner = find_user(tty.owner());
    if (!access.owner) return {StatusCode::INVALID_ARGUMENT, "tty.owner: there is no user '" + tty.owner() + "'"};
  }
  if (!tty.group().empty()) {
    access.group = find_group(tty.group());
    if (!access.group) return {StatusCode::INVALID_ARGUMENT, "tty.group: there is no group '" + tty.group() + "'"};
  }
  return grpc::Status::OK;
}

/// Whatever the process's umask is, others are to find what is in there. Where it can't be made, the link can't either.
void make_directory(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::create_directories(path, ignored)) chmod(path.c_str(), 0755);
}

/// A terminal that is gone may soon be somebody else's.
void remove_links(const std::string& directory) {
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator(directory, error); !error && entry != end(entry);
       entry.increment(error)) {
    const std::string target = std::filesystem::read_symlink(entry->path(), error);
    if (target.starts_with("/dev/pts/")) unlink(entry->path().c_str());
    error.clear();
  }
}

}  // namespace

Ttys::Ttys(Reactor& reactor, const std::string& directory) : watch_(reactor), parts_{reactor, watch_} {
  take(directory);
}

void Ttys::take(const std::string& directory) try {
  std::lock_guard lock(mutex_);
  if (lock_ || directory.empty() || access(directory.c_str(), W_OK) != 0) return;
  lock_.emplace(directory + "/.lock~");  // no link has such a name
  remove_links(directory);
} catch (const LockError&) {
  // Another upyd has it.
}

grpc::Status Ttys::open(const std::shared_ptr<InstanceHost>& host) {
  if (!host->has_tty()) return grpc::Status::OK;
  const std::string link = host->tty_path();
  if (link.empty()) {
    return {StatusCode::FAILED_PRECONDITION, "there is no directory for terminals; set tty_dir in upyd's config"};
  }
  TerminalAccess access;
  if (auto status = read_access(host->config().tty(), access); !status.ok()) return status;
  const std::filesystem::path directory = std::filesystem::path(link).parent_path();
  make_directory(directory);
  take(directory);
  const auto tty = std::make_shared<BoardTty>(parts_, link, access, host);
  if (auto status = tty->open(); !status.ok()) return status;
  std::lock_guard lock(mutex_);
  ttys_[host->name()] = tty;
  return grpc::Status::OK;
}

void Ttys::close(const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto entry = ttys_.extract(name);
  lock.unlock();
  if (entry) entry.mapped()->close();
}

}  // namespace upyd
