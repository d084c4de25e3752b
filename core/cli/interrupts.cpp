#include "cli/interrupts.h"

#include <signal.h>

#include <atomic>

namespace upy {

namespace {

constexpr int kCtrlC = 3;

// What the signal handler needs.
Instance* interrupted;
volatile sig_atomic_t always;
std::atomic<unsigned> times;
static_assert(std::atomic<unsigned>::is_always_lock_free);

void on_interrupt(int number) {
  ++times;
  if (always || interrupted->interrupt_char() == kCtrlC) return interrupted->stop(StopLevel::Interrupt);
  signal(number, SIG_DFL);
  raise(number);
}

}  // namespace

Interrupts::Interrupts(Instance& instance) {
  interrupted = &instance;
  always = false;
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
}

Interrupts::~Interrupts() { signal(SIGINT, SIG_DFL); }

unsigned Interrupts::count() { return times; }

void Interrupts::set(Rule rule) { always = rule == Rule::Always; }

}  // namespace upy
