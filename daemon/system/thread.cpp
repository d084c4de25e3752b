#include "system/thread.h"

#include <limits.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <latch>
#include <memory>
#include <utility>
#include <vector>

namespace upyd {
namespace {

constexpr size_t kLongestName = 15;

/// Of a thread's own stack, for the handler of a fault of the stack itself. It takes memory only when it is touched.
constexpr size_t kSignalStackBytes = 16u << 10;

/// What the system keeps on a thread's stack for itself: its thread-local storage, which the sanitizers make large.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr size_t kSystemBytes = 4u << 20;
#else
constexpr size_t kSystemBytes = 16u << 10;
#endif

struct Body {
  std::string name;
  std::function<void()> call;
};

size_t whole_pages(size_t bytes) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (std::max<size_t>(bytes, PTHREAD_STACK_MIN) + page - 1) / page * page;
}

/// Each step of niceness is a quarter less.
int niceness(uint32_t weight) {
  constexpr double kStep = 1.25;
  constexpr int kNicest = 19;
  const double steps = std::log(static_cast<double>(Thread::kFullWeight) / weight) / std::log(kStep);
  const int now = getpriority(PRIO_PROCESS, 0);  // of the calling thread, on Linux
  return std::min(now + static_cast<int>(std::lround(steps)), kNicest);
}

}  // namespace

Thread::~Thread() { join(); }

bool Thread::start(size_t stack_bytes, const std::string& name, std::function<void()> body) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, whole_pages(stack_bytes + kSignalStackBytes + kSystemBytes));
  auto handed = std::make_unique<Body>(Body{name.substr(0, kLongestName), std::move(body)});
  joinable_ = pthread_create(&handle_, &attributes, &Thread::enter, handed.get()) == 0;
  pthread_attr_destroy(&attributes);
  if (joinable_) (void)handed.release();  // enter() has it
  return joinable_;
}

bool are_threads_left(size_t number) {
  std::latch end(1);
  std::vector<Thread> threads(number);
  const bool all = std::all_of(threads.begin(), threads.end(),
                               [&](Thread& thread) { return thread.start(0, "upyd-probe", [&end] { end.wait(); }); });
  end.count_down();
  return all;
}

void Thread::join() {
  if (!std::exchange(joinable_, false)) return;
  pthread_join(handle_, nullptr);
}

/// Of two threads that want a CPU, the one with the shorter slices need not wait for the end of the other's. Older
/// kernels take the same slices for all.
void Thread::give_way(uint32_t weight) {
  constexpr uint64_t kSliceNs = 10'000'000, kLightSliceNs = 20'000'000;  // others have 3 ms or less
  struct {  // sched_attr of sched_setattr(2), which libraries lack
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
  } attributes{};
  attributes.size = sizeof attributes;
  attributes.policy = SCHED_OTHER;
  attributes.nice = niceness(weight);
  attributes.runtime = weight < kFullWeight ? kLightSliceNs : kSliceNs;
  syscall(SYS_sched_setattr, 0, &attributes, 0);
}

void* Thread::enter(void* body) {
  std::unique_ptr<Body> own(static_cast<Body*>(body));
  pthread_setname_np(pthread_self(), own->name.c_str());
  alignas(16) char signal_stack[kSignalStackBytes];
  const stack_t place{.ss_sp = signal_stack, .ss_flags = 0, .ss_size = sizeof signal_stack};
  const stack_t none{.ss_sp = nullptr, .ss_flags = SS_DISABLE, .ss_size = 0};
  sigaltstack(&place, nullptr);
  own->call();
  sigaltstack(&none, nullptr);
  return nullptr;
}

}  // namespace upyd
