#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace upyd {

/// Whose each instance is, by name: of those there are, and of those that are gone as long as something of them is
/// kept. Any thread. Its lock is one that is taken last, so who tells of an instance may ask whose it is, whatever
/// locks it holds.
class Owners {
 public:
  /// `on_change`: an instance is somebody else's from now on.
  explicit Owners(std::function<void()> on_change = [] {}) : on_change_(std::move(on_change)) {}

  /// Nothing: there is none of that name.
  std::optional<std::string> of(const std::string& instance) const {
    std::lock_guard lock(mutex_);
    const auto found = owners_.find(instance);
    return found == owners_.end() ? std::nullopt : std::optional(found->second);
  }
  void set(const std::string& instance, const std::string& owner) {
    std::unique_lock lock(mutex_);
    const auto [found, is_new] = owners_.try_emplace(instance, owner);
    if (is_new || found->second == owner) return;
    found->second = owner;
    lock.unlock();
    on_change_();
  }
  void forget(const std::string& instance) {
    std::lock_guard lock(mutex_);
    owners_.erase(instance);
  }

 private:
  const std::function<void()> on_change_;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> owners_;
};

}  // namespace upyd
