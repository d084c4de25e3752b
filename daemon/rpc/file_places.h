#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace upyd {

/// Places of calls at work on files: each may have a file open, so there are so many at a time. A call that has waited
/// long for its client loses its place to another that needs it: so no client keeps others out by doing nothing. Any
/// thread.
class FilePlaces : public std::enable_shared_from_this<FilePlaces> {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr size_t kMost = 256;
  /// So long a call may wait for its client, whoever needs its place.
  static constexpr Clock::duration kPatience = std::chrono::seconds(1);

  /// A call that waits for its client now and then.
  class Call {
   public:
    /// It has lost its place. To be called once, where files are worked on; until then the call must stay.
    virtual void lose_place() = 0;

   protected:
    ~Call() = default;
  };

  /// A call's place; given back with it.
  class Place {
   public:
    Place(std::shared_ptr<FilePlaces> places, Call* call) : places_(std::move(places)), call_(call), node_{this} {}
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    /// From now on the call waits for its client, and nothing is at work for it.
    void wait(Clock::time_point now = Clock::now());
    /// The call goes on. False: it has lost its place.
    bool resume();

   private:
    friend class FilePlaces;
    void leave_queue();

    const std::shared_ptr<FilePlaces> places_;  // outlives the service, as a call's last word may
    Call* const call_;
    std::list<Place*> node_;  // of the queue, while it is not in there
    const std::list<Place*>::iterator self_ = node_.begin();
    Clock::time_point since_;  // it waits
    bool is_lost_ = false;
  };

  /// What somebody who needs a place gets.
  struct Taken {
    std::unique_ptr<Place> place;  ///< null: there is none
    Call* loser = nullptr;         ///< whose it was, and who is to be told; null: nobody's
  };
  /// `call`: null of one that never waits for its client.
  Taken take(Call* call, Clock::time_point now = Clock::now());

 private:
  std::mutex mutex_;  // guards what follows, and what changes of places
  size_t taken_ = 0;
  std::list<Place*> waiting_;  // who has waited longest first
};

}  // namespace upyd
