#include "instances/stops.h"

#include <utility>

namespace upyd {

void Stops::accept_run() { run_ = ++last_; }

void Stops::begin_run() {
  has_begun_ = true;
  if (waiting_) stop(run_, *std::exchange(waiting_, std::nullopt));
}

void Stops::end_run() {
  end_work();
  run_ = 0;
  has_begun_ = false;
}

/// An interrupt that the prompt has not taken is not for what comes after it.
void Stops::end_prompt() {
  at_prompt_ = false;
  if (!at_work() && interpreter_) interpreter_->clear_stop();
}

void Stops::leave_prompt() {
  if (at_prompt_ && !at_work() && interpreter_) interpreter_->stop(upy::StopLevel::Stop, upy::Limit::Request);
}

void Stops::end_own_run() {
  end_work();
  own_run_ = 0;
}

Work Stops::begin_callback() {
  if (depth_++ > 0 || has_begun_ || own_run_) return 0;
  return callback_ = ++last_;
}

std::optional<StopRequest> Stops::end_callback() {
  if (--depth_ > 0 || !callback_) return std::nullopt;
  const auto asked = asked_;
  end_work();
  callback_ = 0;
  return asked;
}

void Stops::stop(Work work, const StopRequest& request) {
  if (work == 0) return;
  std::optional<StopRequest>* const latest = work == at_work() ? &asked_ : work == run_ ? &waiting_ : nullptr;
  if (!latest) return;
  if (!*latest || request.level >= (*latest)->level) *latest = request;
  if (latest == &asked_ && interpreter_) interpreter_->stop(request.level, request.limit);
}

void Stops::interrupt() {
  constexpr StopRequest kInterrupt{upy::StopLevel::Interrupt, upy::Limit::Request};
  if (at_prompt_ && !at_work() && interpreter_) interpreter_->stop(kInterrupt.level, kInterrupt.limit);
  for (const Work work : {run_, own_run_, callback_}) stop(work, kInterrupt);
}

void Stops::end_work() {
  if (asked_ && interpreter_) interpreter_->clear_stop();
  asked_.reset();
}

}  // namespace upyd
