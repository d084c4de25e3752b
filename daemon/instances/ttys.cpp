#include "instances/ttys.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "system/own_directory.h"
#include "system/users.h"

namespace upyd {
namespace {

using grpc::StatusCode;

/// Nothing: it is not a user of this machine.
std::optional<uid_t> user_of(const std::string& owner) {
  constexpr const char* kUser = "uid:";
  return owner.starts_with(kUser) ? find_user(owner.substr(std::strlen(kUser))) : std::nullopt;
}

/// Where none is named the owner is the instance's, if the daemon may give it to them, and the group the daemon's own:
/// who may use the daemon's socket may open the terminal.
grpc::Status read_access(const v1::Tty& tty, const std::string& owner, TerminalAccess& access) {
  access.mode = tty.mode();
  access.group = getegid();
  if (geteuid() == 0) access.owner = user_of(owner);
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
  if (!std::filesystem::create_directories(path, ignored)) return;
  if (const OwnedDescriptor made = open_own_directory(path)) fchmod(made.number(), 0755);
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
  directory_ = open_own_directory(directory);
  if (!directory_) return;
  lock_.emplace(path_in(directory_, ".lock~"));  // no link has such a name
  remove_links(path_in(directory_, ""));
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
  if (auto status = read_access(host->config().tty(), host->config().owner(), access); !status.ok()) return status;
  const std::filesystem::path directory = std::filesystem::path(link).parent_path();
  make_directory(directory);
  take(directory);
  const auto tty = std::make_shared<BoardTty>(parts_, link, access, host);
  if (auto status = tty->open(); !status.ok()) return status;
  std::lock_guard lock(mutex_);
  ttys_[host->name()] = {tty, host->config().tty()};
  return grpc::Status::OK;
}

/// A user or group of the settings that is gone meanwhile is left out.
void Ttys::hand_over(const std::string& name, const std::string& owner) {
  std::lock_guard lock(mutex_);
  const auto found = ttys_.find(name);
  if (found == ttys_.end()) return;
  TerminalAccess access;
  read_access(found->second.settings, owner, access);
  found->second.terminal->hand_over(access);
}

void Ttys::close(const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto entry = ttys_.extract(name);
  lock.unlock();
  if (entry) entry.mapped().terminal->close();
}

}  // namespace upyd
