#include "interpreter/scheduler.h"

#include <utility>

#include "objects/model/emergency.h"
#include "objects/model/exception.h"
#include "objects/runtime/writer.h"

namespace upy {

Scheduler::Scheduler(Vm& vm, uint32_t depth) : vm_(vm), mask_(depth - 1), items_(std::make_unique<Item[]>(depth)) {}

bool Scheduler::schedule(Value callable, Value argument, const Cause& cause) {
  uint32_t waiting = tail_ - head_;
  if (waiting > mask_) return false;
  const int64_t since_ns = cause.begin ? cause.event.timestamp_ns : vm_.ports.clock.monotonic_ns();
  items_[tail_++ & mask_] = {callable, argument, since_ns, cause};
  if (waiting + 1 > info_.high_water) info_.high_water = waiting + 1;
  if (!locked()) vm_.reasons.fetch_or(kReasonSchedule, std::memory_order_relaxed);
  return true;
}

bool Scheduler::schedule_event(Value callable, Value argument, const Cause& cause) {
  if (schedule(callable, argument, cause)) return true;
  info_.dropped++;
  if (vm_.ports.host) vm_.ports.host->event_lost();
  return false;
}

bool Scheduler::waits(Value callable, Value argument) const {
  for (uint32_t i = head_; i != tail_; i++) {
    const Item& item = items_[i & mask_];
    if (item.callable == callable && item.argument == argument) return true;
  }
  return false;
}

void Scheduler::unlock() {
  if (--lock_depth_ > 0) return;
  const uint32_t asked = (empty() ? 0 : uint32_t{kReasonSchedule}) | std::exchange(waiting_stop_, 0);
  if (asked) vm_.reasons.fetch_or(asked, std::memory_order_relaxed);
}

Result<void> Scheduler::run_one() {
  vm_.reasons.fetch_and(~uint32_t{kReasonSchedule}, std::memory_order_relaxed);
  if (locked() || empty()) return {};
  Item item = items_[head_ & mask_];
  items_[head_++ & mask_] = {};
  info_.run++;
  int64_t delay = vm_.ports.clock.monotonic_ns() - item.since_ns;
  if (delay > info_.worst_delay_ns) info_.worst_delay_ns = delay;
  lock();
  if (item.cause.begin) item.cause.begin(item.cause.target, item.cause.event);
  Result<void> ran = run_callback(vm_, item.callable, item.argument);
  unlock();
  return ran;
}

EventToken Scheduler::subscribe(Value target, Handler handler) {
  sources_.emplace(++last_token_, Source{target, handler});
  return last_token_;
}

void Scheduler::unsubscribe(EventToken token) { sources_.erase(token); }

Result<void> Scheduler::dispatch(const Event& event) {
  const auto found = sources_.find(event.token);
  if (found == sources_.end()) return {};
  const Source source = found->second;  // which the handler may unsubscribe
  return source.handler(vm_, source.target, event);
}

ScheduleInfo Scheduler::info() const {
  ScheduleInfo info = info_;
  info.waiting = tail_ - head_;
  return info;
}

void Scheduler::mark(Marker& marker) {
  for (uint32_t i = head_; i != tail_; i++) {
    marker.mark(items_[i & mask_].callable);
    marker.mark(items_[i & mask_].argument);
    marker.mark(items_[i & mask_].cause.target);
  }
  for (const auto& [token, source] : sources_) marker.mark(source.target);
}

namespace {

/// Tells the host that a callback is at work, as long as it lives.
class CallbackAtWork {
 public:
  explicit CallbackAtWork(Vm& vm) : vm_(vm) {
    if (vm_.ports.host) vm_.ports.host->callback_begins();
  }
  ~CallbackAtWork() {
    if (vm_.ports.host)
      vm_.ports.host->callback_ended(vm_.killed() ? Host::CallbackEnd::Killed : Host::CallbackEnd::Done);
  }
  CallbackAtWork(const CallbackAtWork&) = delete;
  CallbackAtWork& operator=(const CallbackAtWork&) = delete;

 private:
  Vm& vm_;
};

/// Calls it between two opcodes of whatever runs, leaving no trace there. False: an exception is pending.
bool call_aside(Vm& vm, Value callable, Value argument) {
  Value stop_value = vm.stop_value;
  Result<Value> result = vm.call(callable, {argument});
  vm.stop_value = stop_value;
  return static_cast<bool>(result);
}

/// Prints the pending exception, tells the host, and forgets it. A failure for a kill.
Result<void> report_pending(Vm& vm, Console::Stream stream, std::string_view heading) {
  if (vm.killed()) return Failure{};
  Value exception = vm.take_pending();
  if (vm.wanted_reset()) return {};  // ended by that
  ConsoleWriter console(stream);
  HostWriter report;
  TwoWriters both(console, &report);
  if (!both.write(vm, heading) || !print_exception(vm, exception, both)) vm.take_pending();
  if (vm.ports.host) vm.ports.host->callback_raised(type_of(exception)->name->view(), report.text());
  return {};
}

}  // namespace

Result<void> run_callback(Vm& vm, Value callable, Value argument) {
  const CallbackAtWork at_work(vm);
  if (call_aside(vm, callable, argument)) return {};
  return report_pending(vm, Console::Stream::Out, "");
}

Result<bool> run_hard_handler(Vm& vm, Scheduler& scheduler, Value callable, Value argument) {
  const CallbackAtWork at_work(vm);
  scheduler.lock();
  const int locks = vm.heap.lock_depth();
  vm.heap.set_lock_depth(locks + 1);
  bool fine = call_aside(vm, callable, argument);
  vm.heap.set_lock_depth(locks);  // whatever the handler did to them
  vm.emergency().refill();
  Result<void> reported;
  if (!fine) reported = report_pending(vm, Console::Stream::Err, "Uncaught exception in IRQ callback handler\n");
  scheduler.unlock();
  TRY(reported);
  return fine;
}

}  // namespace upy
