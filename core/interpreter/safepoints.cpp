#include "interpreter/interpreter.h"
#include "objects/model/emergency.h"
#include "objects/model/exception.h"
#include "objects/streams/console_input.h"

/// What happens between opcodes when somebody asked for it: see Reason.
namespace upy {

bool Interpreter::MailboxSink::post(const Event& event) {
  bool taken = vm_.mailbox.post(event);
  vm_.reasons.fetch_or(kReasonMail, std::memory_order_release);
  vm_.ports.clock.notify();
  if (!taken && vm_.ports.host) vm_.ports.host->event_lost();
  return taken;
}

Result<void> Interpreter::handle_reasons() {
  if (killed_) return raise_kill();
  uint32_t asked = reasons.load(std::memory_order_acquire);
  if (asked & kStops) return raise_stop(asked);
  return handle_events(asked);
}

Result<void> Interpreter::handle_kill() {
  const uint32_t asked = reasons.load(std::memory_order_acquire);
  if (asked & kReasonKill) return raise_kill();
  if (asked & kReasonInspect) show_to_host();
  return {};
}

void Interpreter::show_to_host() {
  reasons.fetch_and(~uint32_t{kReasonInspect}, std::memory_order_acq_rel);
  if (ports.host) ports.host->at_safepoint(*owner);
}

Result<void> Interpreter::handle_events(uint32_t asked) {
  if (asked & kReasonInspect) show_to_host();
  TRY(check_stack());  // what follows calls Python
  if (asked & kReasonMail) TRY(take_mail());
  if (reasons.load(std::memory_order_relaxed) & kReasonSchedule) TRY(scheduler.run_one());  // that mail too
  return {};
}

/// Nobody sees the exception of a kill, which needs no memory, so that it can be raised while cells are half filled.
Result<void> Interpreter::raise_kill() {
  killed_ = true;
  pending_ = emergency().exception(SystemExit_type);
  return Failure{};
}

/// The strongest of the stops that were asked for. An interrupt and a stop are taken once; a kill stays.
Result<void> Interpreter::raise_stop(uint32_t asked) {
  if (asked & kReasonKill) return raise_kill();
  uint32_t taken = asked & kReasonStop ? kReasonStop : kReasonInterrupt;
  reasons.fetch_and(~taken, std::memory_order_acq_rel);
  stop_raised |= taken == kReasonStop;
  return raise_with(taken == kReasonStop ? SystemExit_type : KeyboardInterrupt_type, Value());
}

void Interpreter::interrupt_main() {
  if (scheduler.locked())
    scheduler.interrupt_when_unlocked();
  else
    reasons.fetch_or(kReasonInterrupt, std::memory_order_relaxed);
}

void Interpreter::reset(const Reset& wanted) {
  wanted_reset_ = wanted;
  request_return();
  if (scheduler.is_calling()) scheduler.stop_when_unlocked();
}

/// Empties the mailbox. A hard handler that runs from here may come to a safepoint itself: then the loop below goes on
/// when it is done, so handlers neither nest nor change their order. Events stay there while the script wants no
/// interrupts, and what a kill leaves there is taken later.
Result<void> Interpreter::take_mail() {
  reasons.fetch_and(~uint32_t{kReasonMail}, std::memory_order_acq_rel);
  if (taking_mail_) return {};
  taking_mail_ = true;
  Result<void> result;
  Event event;
  while (result && !scheduler.held_by_script() && mailbox.take(event)) result = scheduler.dispatch(event);
  taking_mail_ = false;
  if (!result) reasons.fetch_or(kReasonMail, std::memory_order_relaxed);
  return result;
}

Result<void> Interpreter::sleep_until(int64_t monotonic_ns) {
  while (true) {
    TRY(poll());
    if (ports.clock.monotonic_ns() >= monotonic_ns) return {};
    if (!reasons.load(std::memory_order_acquire)) wait_until(monotonic_ns);
  }
}

void Interpreter::handle_while_idle(uint32_t asked) {
  if (handle_events(asked)) return;
  take_pending();
  clear_kill();
}

void Interpreter::idle_until(int64_t monotonic_ns) {
  while (!is_return_asked()) {
    const uint32_t asked = reasons.load(std::memory_order_acquire);
    if (!(asked & ~kStops)) {
      if (ports.clock.monotonic_ns() >= monotonic_ns) break;
      wait_until(monotonic_ns);
    } else {
      handle_while_idle(asked);
    }
  }
  take_return();
}

/// Callbacks and input have their turns: neither keeps the other waiting.
void Interpreter::idle_until_input() {
  const pollfd input[] = {{ports.console.input_descriptor(), POLLIN, 0}};
  while (!is_return_asked()) {
    const uint32_t asked = reasons.load(std::memory_order_acquire);
    if (asked & kStops) return;
    if (asked) {
      interrupt_char.store(kInterruptChar, std::memory_order_relaxed);  // callbacks may take long
      handle_while_idle(asked);
      interrupt_char.store(kNoInterruptChar, std::memory_order_relaxed);
    }
    if (state<ConsoleInput>().input() != Console::Input::Nothing) return;
    if (!asked) wait_until(Clock::kForever, input);
  }
}

}  // namespace upy
