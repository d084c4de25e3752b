#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace upyd {

/// The calls that go on for long. What whoever makes one may do can change meanwhile: then each looks again. Any
/// thread.
class OpenCalls {
 public:
  class Call {
   public:
    /// Ends the call, if whoever makes it may not do that any more. Called without a lock.
    virtual void check_again() = 0;

   protected:
    ~Call() = default;
  };
  /// Has something called on another thread, soon.
  using Post = std::function<void(std::function<void()>)>;

  explicit OpenCalls(Post post) : post_(std::move(post)) {}

  /// As long as it lives the call is one of them.
  class Place {
   public:
    Place(OpenCalls& calls, std::weak_ptr<Call> call);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    OpenCalls& calls_;
    uint64_t number_;
  };

  /// Has all look again, soon.
  void check_again();

 private:
  void check_each();

  const Post post_;
  std::mutex mutex_;  // guards what follows
  std::map<uint64_t, std::weak_ptr<Call>> calls_;
  uint64_t last_number_ = 0;
};

}  // namespace upyd
