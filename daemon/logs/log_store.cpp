#include "logs/log_store.h"

#include <spdlog/logger.h>
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "logs/journal.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNewEnding = ".new";

void copy(LogRing& from, LogRing& to) {
  LogRing::Place place = from.begin();
  for (std::string text; const auto mark = from.next(place, text);) to.append(*mark, text);
}

}  // namespace

LogStore::LogStore(const std::string& directory, Owners& owners, Journal* journal, spdlog::logger& log)
    : owners_(owners), journal_(journal), log_(log) {
  if (directory.empty()) return;
  try {
    use_directory(directory);
  } catch (const LockError& error) {
    log.warn("logs are kept in memory alone: another upyd keeps its own in {} ({}); give this one a log_dir", directory,
             error.what());
  } catch (const std::system_error& error) {
    log.warn("logs are kept in memory alone: {}", error.what());
  }
}

void LogStore::use_directory(const std::string& directory) {
  fs::create_directories(directory);
  fs::permissions(directory, fs::perms::owner_all);
  lock_ = std::make_unique<LockFile>(directory + "/upyd.lock");
  directory_ = directory;
  load();
}

/// What is no log is removed, if that can be done: it is of an upyd that ended while it made one.
void LogStore::load() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory_)) {
    const fs::path& path = entry.path();
    if (path.extension() == kNewEnding) {
      fs::remove(path, ignored);
    } else if (path.extension() == kEnding) {
      load(path);
    }
  }
  gone_.sort([](const Gone& a, const Gone& b) { return a.log->last_time_ns() < b.log->last_time_ns(); });
}

/// An upyd that was killed while it changed whose a log is left no other of that name.
void LogStore::load(const std::string& path) {
  const std::string stem = fs::path(path).stem();
  const size_t at = std::min(stem.find(kBeforeOwner), stem.size());
  const std::string name = stem.substr(0, at);
  auto memory = LogMemory::of_old_file(path, complain());
  auto ring = memory && !owners_.of(name) ? LogRing::make(std::move(memory)) : nullptr;
  if (!ring) {
    std::error_code ignored;
    fs::remove(path, ignored);
    return;
  }
  owners_.set(name, at < stem.size() ? stem.substr(at + 1) : "");
  gone_.push_back({name, std::make_shared<InstanceLog>(name, std::move(ring), nullptr, nullptr)});
  gone_.back().log->end();
}

std::string LogStore::path_of(const std::string& name) const {
  const std::string owner = owners_.of(name).value_or("");
  return directory_ + "/" + name + (owner.empty() ? "" : kBeforeOwner + owner) + kEnding;
}

std::shared_ptr<InstanceLog> LogStore::open(const std::string& name, size_t bytes, Journaled journaled,
                                            const std::string& owner) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<InstanceLog>& log = open_[name];
  if (log) return log;
  const bool is_anothers = owners_.of(name).value_or(owner) != owner;
  owners_.set(name, owner);
  const std::string path = path_of(name);
  auto left = take_gone(name);
  if (is_anothers && left && left->memory().is_file()) left->memory().rename(path);
  auto ring = fitted(path, std::move(left), bytes);
  const auto make = [this, name, bytes] { return make_ring(path_of(name), bytes); };
  log = std::make_shared<InstanceLog>(name, std::move(ring), make, journaled == Journaled::Yes ? journal_ : nullptr);
  return log;
}

void LogStore::close(const std::string& name) {
  std::lock_guard lock(mutex_);
  auto found = open_.extract(name);
  if (!found) return;
  found.mapped()->end();
  gone_.push_back({name, std::move(found.mapped())});
  while (gone_.size() > kGone) forget_first_gone();
}

void LogStore::forget_first_gone() {
  if (const auto ring = gone_.front().log->take_ring()) ring->memory().remove();
  owners_.forget(gone_.front().name);
  gone_.pop_front();
}

void LogStore::forget(const std::string& name) {
  std::lock_guard lock(mutex_);
  if (open_.contains(name)) return;
  if (const auto ring = take_gone(name)) ring->memory().remove();
  owners_.forget(name);
}

void LogStore::set_owner(const std::string& name, const std::string& owner) {
  std::lock_guard lock(mutex_);
  owners_.set(name, owner);
  if (const auto log = find_locked(name)) log->move_to(path_of(name));
}

std::shared_ptr<InstanceLog> LogStore::find(const std::string& name) const {
  std::lock_guard lock(mutex_);
  return find_locked(name);
}

std::shared_ptr<InstanceLog> LogStore::find_locked(const std::string& name) const {
  if (const auto found = open_.find(name); found != open_.end()) return found->second;
  const auto gone = find_gone(name);
  return gone == gone_.end() ? nullptr : gone->log;
}

std::list<LogStore::Gone>::const_iterator LogStore::find_gone(const std::string& name) const {
  return std::find_if(gone_.begin(), gone_.end(), [&](const Gone& each) { return each.name == name; });
}

std::unique_ptr<LogRing> LogStore::take_gone(const std::string& name) {
  const auto gone = find_gone(name);
  if (gone == gone_.end()) return nullptr;
  auto ring = gone->log->take_ring();
  gone_.erase(gone);
  return ring;
}

/// The same entries, as far as there is room for them, in a ring that may take so many bytes.
std::unique_ptr<LogRing> LogStore::fitted(const std::string& path, std::unique_ptr<LogRing> ring, size_t bytes) const {
  const bool is_in_place = directory_.empty() || (ring && ring->memory().is_file());
  if (!ring || (ring->memory().limit() == bytes && is_in_place)) return ring;
  auto other = make_ring(path + kNewEnding, bytes);
  if (other) copy(*ring, *other);
  if (!other || (other->memory().is_file() && !other->memory().rename(path))) ring->memory().remove();
  return other;
}

std::unique_ptr<LogRing> LogStore::make_ring(const std::string& path, size_t bytes) const {
  if (bytes == 0) return nullptr;
  auto memory = directory_.empty() ? LogMemory::own(bytes) : LogMemory::of_new_file(path, bytes, complain());
  return memory ? LogRing::make(std::move(memory)) : nullptr;
}

/// Each kind of trouble once: where one log has it others will.
LogMemory::Complain LogStore::complain() const {
  return [this](LogMemory::Trouble trouble, const std::string& path, int error) {
    using Trouble = LogMemory::Trouble;
    if (told_[static_cast<size_t>(trouble)].test_and_set()) return;
    if (trouble == Trouble::NoRoom) {
      log_.warn(
          "{} has no room for {} ({}): such logs are shorter than they may be, or in memory alone, where they end with "
          "upyd",
          directory_, path, std::strerror(error));
    } else {
      log_.warn("somebody else has changed {}: what that log held is lost, and it begins anew", path);
    }
  };
}

}  // namespace upyd
