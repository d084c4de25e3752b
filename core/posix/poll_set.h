#pragma once

#include <poll.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "port/port.h"

namespace upy {

/// File descriptors that a thread waits for. A descriptor that several sets watch, each at which a thread waits, wakes
/// the thread of the set that began to watch it first; those who do not wait just then are passed over.
class PollSet {
 public:
  using Id = uint64_t;
  using Call = std::function<void()>;

  /// Null, with errno, when the system has no descriptors left.
  static std::unique_ptr<PollSet> make();
  ~PollSet();
  PollSet(const PollSet&) = delete;
  PollSet& operator=(const PollSet&) = delete;

  /// Begins to watch. The descriptor must stay open until `end`. Any thread.
  Id watch(int descriptor, Call readable);
  /// A call that is under way goes on while this returns, so what it touches must outlive it or be guarded. Any thread.
  void end(Id id);
  /// Ends a wait that is under way; one that is not may end early when it comes. Any thread.
  void interrupt();

  /// Waits until a descriptor is readable, for `interrupt`, or until a time of CLOCK_MONOTONIC, Clock::kForever without
  /// one; for what poll(2) reports of `others` too. One thread at a time, that which then calls `call_readable`.
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> others = {});
  /// Calls those whose descriptors the last wait found readable. They will be found so again as long as they are.
  void call_readable();

 private:
  /// An open descriptor; -1: none.
  class Descriptor {
   public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return number_; }

   private:
    const int number_;
  };
  struct Watch {
    int descriptor;
    std::shared_ptr<const Call> readable;
  };

  PollSet();
  bool is_complete() const { return epoll_ >= 0 && interrupt_ >= 0 && timer_ >= 0; }
  void add(int descriptor, uint32_t events, Id id);
  void set_timer(int64_t monotonic_ns);
  void poll_with(std::span<const pollfd> others);
  std::shared_ptr<const Call> find(Id id);

  const Descriptor epoll_, interrupt_, timer_;
  static constexpr size_t kMaxReadable = 16;
  std::array<Id, kMaxReadable> readable_;  // as the last wait found
  size_t num_readable_ = 0;
  std::vector<pollfd> polled_;  // in a wait for others: they and epoll_
  std::mutex mutex_;            // guards what follows
  std::map<Id, Watch> watches_;
  Id last_id_ = 0;
};

/// A descriptor that several sets watch. Ends with its destructor.
class SharedWatch {
 public:
  SharedWatch() = default;
  SharedWatch(SharedWatch&&) = default;
  ~SharedWatch() { end(); }

  bool is_begun() const { return !watches_.empty(); }
  /// Adds a set, which must outlive the watch, as the last choice.
  void add(PollSet& set, int descriptor, PollSet::Call readable);
  /// As PollSet::end, for all sets.
  void end();

 private:
  struct Watch {
    PollSet* set;
    PollSet::Id id;
  };
  std::vector<Watch> watches_;
};

/// Where a thread waits for descriptors, opened when it is asked for first; null: the system has none left for that.
using PollSetGetter = std::function<PollSet*()>;

}  // namespace upy
