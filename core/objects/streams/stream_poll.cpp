#include "objects/streams/stream_poll.h"

#include <algorithm>
#include <cerrno>

#include "objects/model/class_instance.h"
#include "objects/numbers/int.h"
#include "objects/streams/file.h"
#include "objects/streams/stream.h"

namespace upy {

namespace {

/// Streams in Python are asked this often. The longer a wait lasts, the less it matters to be late.
constexpr int64_t kShortestPeriodNs = 1'000'000, kLongestPeriodNs = 10'000'000;
constexpr int64_t kTolerance = 16;  ///< late by this part of the wait at most

/// The console's stream of a number, null if it has none.
Value standard_stream(Value number) {
  const std::optional<int64_t> which = int64_of(number);
  if (!which || *which < 0 || *which > 2) return {};
  return console_stream(static_cast<StandardStream>(*which));
}

const FileObject* as_file(Value stream) {
  if (const auto* file = as<FileObject>(stream, text_io_type)) return file;
  return as<FileObject>(stream, file_io_type);
}

}  // namespace

Result<int64_t> poll_stream(Vm& vm, Value stream, int64_t events) {
  if (is_int(stream)) {
    stream = standard_stream(stream);
    if (!stream) return int64_t{StreamOps::kInvalid};
  }
  const StreamOps* ops = TRY(get_stream(vm, stream, StreamUse::Control));
  const int64_t answer = TRY(ops->ioctl(vm, stream, StreamOps::kPoll, events));
  if (answer < 0) return vm.raise_os_error(EINVAL);
  return answer;
}

StreamWait::StreamWait(Vm& vm) : vm_(vm), since_ns_(vm.ports.clock.monotonic_ns()) {}

void StreamWait::add(Value stream, int64_t events) {
  if (is_int(stream)) stream = standard_stream(stream);
  if (!stream || events == 0) return;
  if (const FileObject* file = as_file(stream)) {
    const int descriptor = file->watched_descriptor(vm_);
    if (descriptor >= 0) descriptors_.push_back({descriptor, static_cast<short>(events), 0});
  } else {
    asks_again_ = asks_again_ || type_of(native_of(stream))->slots.stream->scripted;
  }
}

int64_t StreamWait::next_look_ns() const {
  const int64_t now_ns = vm_.ports.clock.monotonic_ns();
  return now_ns + std::clamp((now_ns - since_ns_) / kTolerance, kShortestPeriodNs, kLongestPeriodNs);
}

Result<void> StreamWait::sleep_until(int64_t monotonic_ns) {
  if (asks_again_) monotonic_ns = std::min(monotonic_ns, next_look_ns());
  if (!vm_.reasons.load(std::memory_order_acquire)) vm_.wait_until(monotonic_ns, descriptors_);
  asks_again_ = false;
  descriptors_.clear();
  return vm_.poll();
}

}  // namespace upy
