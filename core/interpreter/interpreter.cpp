#include "interpreter/interpreter.h"

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>

namespace upy {

namespace {

constexpr size_t kPage = 4096;
/// A frame needs at least that much of the value stack, on average, for a script to use it up before the frames.
constexpr size_t kValueBytesPerFrame = 48;

template <typename T>
T* reserve(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<T*>(memory);
}

size_t value_bytes(const Config& config) { return (config.frame_bytes + kPage - 1) / kPage * kPage; }
size_t frame_bytes(const Config& config) { return value_bytes(config) / kValueBytesPerFrame * sizeof(Frame); }

/// With sanitizers frames are large and full of what earlier calls left there, which would keep objects alive.
[[gnu::noinline]] void forget_earlier_calls() {
  if constexpr (cell_watch::kOn) {
    char room[256 << 10];
    std::memset(room, 0, sizeof room);
    asm volatile("" : : "r"(room) : "memory");
  }
}

}  // namespace

Interpreter::Interpreter(const Config& config, const Ports& ports, const Library& library)
    : Vm(config, ports), scheduler(*this, config.schedule_depth), mailbox(config.mailbox_depth), library_(library) {
  stack_ = reserve<Value>(value_bytes(config));
  stack_end_ = stack_ + value_bytes(config) / sizeof(Value);
  frames_ = reserve<Frame>(frame_bytes(config));
  frames_end_ = frames_ + frame_bytes(config) / sizeof(Frame);
  frame_ = frames_ - 1;
}

Interpreter::~Interpreter() {
  if (stack_) munmap(static_cast<void*>(stack_), value_bytes(config));
  if (frames_) munmap(static_cast<void*>(frames_), frame_bytes(config));
}

void Interpreter::enter_thread(const void* base) {
  forget_earlier_calls();
  stack_base_ = static_cast<const char*>(base);
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
  }
  const char* lowest = static_cast<const char*>(low) + kStackReserve;
  stack_limit_ = std::max(stack_base_ - config.stack_bytes, lowest);
}

void Interpreter::mark_roots(Marker& marker) {
  Vm::mark_roots(marker);
  scheduler.mark(marker);
  marker.scan(stack_, std::max(stack_top(), binding_top_));
  marker.scan(frames_, frame_ + 1);
  scan_native_stack(marker);
}

}  // namespace upy
