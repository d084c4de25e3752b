#pragma once

#include <grpcpp/support/status.h>

#include <atomic>
#include <string>

namespace upyd {

/// How many streams of a kind are open. Whoever makes happen what they tell of does work for each of them, so there are
/// so many at most. Any thread.
class StreamCount {
 public:
  static constexpr int kMost = 256;

  /// False: there are as many as may be.
  bool take_place() {
    if (open_.fetch_add(1) < kMost) return true;
    give_back();
    return false;
  }
  void give_back() { --open_; }
  /// What who finds no place is told.
  static grpc::Status refusal() {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED,
            "there are already " + std::to_string(kMost) + " such streams, as many as upyd serves; end another"};
  }

 private:
  std::atomic<int> open_ = 0;
};

}  // namespace upyd
