#pragma once

#include <spdlog/fwd.h>

#include <array>
#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "access/owners.h"
#include "logs/instance_log.h"
#include "system/lock_file.h"

namespace upyd {

class Journal;

/// The logs of all instances by name: of those there are, and the last kGone of those that are gone. Any thread.
///
/// They say whose each instance is: `owners` has that of all of them. Each is a file NAME@OWNER.log in a directory,
/// which is meant to be in memory (tmpfs), as /run is: there it outlives upyd, however that ends, but what scripts
/// print all the time does not wear out the flash of the machine. What is to outlive the machine's own end is in the
/// journal. Without a directory, or where that has no room, they are in upyd's memory. Nothing that happens to the
/// files ends upyd: see LogMemory. What upyd's log is told of that it is told once.
class LogStore {
 public:
  static constexpr size_t kGone = 64;

  /// Whether what is written goes to the journal, too.
  enum class Journaled { No, Yes };

  /// `directory` is made if need be, and holds what an earlier upyd left; empty: none. Where it can't be used, or
  /// another upyd uses it, the log says so, and there is none. `journal` may be null; what it is given must outlive the
  /// store.
  LogStore(const std::string& directory, Owners& owners, Journal* journal, spdlog::logger& log);

  /// The log of an instance that there is from now on, of `bytes` at most: it goes on where one of that name ended. If
  /// it is open it is answered as it is.
  /// Whose it is stays known as long as the log is there, also to the next upyd.
  std::shared_ptr<InstanceLog> open(const std::string& name, size_t bytes, Journaled journaled,
                                    const std::string& owner = "");
  /// The instance is gone.
  void close(const std::string& name);
  /// Removes the log of an instance that is gone, if there is one.
  void forget(const std::string& name);
  /// The instance is somebody else's from now on, and so is its log.
  void set_owner(const std::string& name, const std::string& owner);
  /// Null: there is no instance of that name, nor was one lately.
  std::shared_ptr<InstanceLog> find(const std::string& name) const;
  const Owners& owners() const { return owners_; }

 private:
  struct Gone {
    std::string name;
    std::shared_ptr<InstanceLog> log;
  };

  void use_directory(const std::string& directory);
  void load();
  void load(const std::string& path);
  void forget_first_gone();
  std::shared_ptr<InstanceLog> find_locked(const std::string& name) const;
  std::list<Gone>::const_iterator find_gone(const std::string& name) const;
  std::unique_ptr<LogRing> take_gone(const std::string& name);
  std::unique_ptr<LogRing> fitted(const std::string& path, std::unique_ptr<LogRing> ring, size_t bytes) const;
  std::unique_ptr<LogRing> make_ring(const std::string& name, size_t bytes) const;
  LogMemory::Complain complain() const;
  std::string path_of(const std::string& name) const;

  static constexpr const char* kEnding = ".log";
  static constexpr char kBeforeOwner = '@';  ///< no name of an instance has it

  Owners& owners_;
  Journal* const journal_;
  spdlog::logger& log_;
  mutable std::array<std::atomic_flag, 2> told_;  // by trouble
  std::string directory_;                         // empty: none
  std::unique_ptr<LockFile> lock_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, std::shared_ptr<InstanceLog>> open_;
  std::list<Gone> gone_;  // who went first, first
};

}  // namespace upyd
