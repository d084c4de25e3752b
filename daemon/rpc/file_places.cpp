#include "rpc/file_places.h"

namespace upyd {

FilePlaces::Taken FilePlaces::take(Call* call, Clock::time_point now) {
  Taken taken{.place = std::make_unique<Place>(shared_from_this(), call)};
  std::lock_guard lock(mutex_);
  if (taken_ < kMost) {
    ++taken_;
    return taken;
  }
  if (waiting_.empty() || now < waiting_.front()->since_ + kPatience) {
    taken.place->is_lost_ = true;
    return {};
  }
  Place& lost = *waiting_.front();
  lost.leave_queue();
  lost.is_lost_ = true;
  taken.loser = lost.call_;
  return taken;
}

FilePlaces::Place::~Place() {
  std::lock_guard lock(places_->mutex_);
  leave_queue();
  if (!is_lost_) --places_->taken_;
}

void FilePlaces::Place::wait(Clock::time_point now) {
  std::lock_guard lock(places_->mutex_);
  since_ = now;
  places_->waiting_.splice(places_->waiting_.end(), node_);
}

bool FilePlaces::Place::resume() {
  std::lock_guard lock(places_->mutex_);
  leave_queue();
  return !is_lost_;
}

/// Under the lock.
void FilePlaces::Place::leave_queue() {
  if (node_.empty()) node_.splice(node_.begin(), places_->waiting_, self_);
}

}  // namespace upyd
