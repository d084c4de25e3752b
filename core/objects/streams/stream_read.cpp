#include <algorithm>

#include "objects/containers/list.h"
#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/streams/stream.h"
#include "objects/strings/bytes.h"

/// What read() and its like collect from a stream. A text stream gives bytes too; what was read becomes a str at the
/// end, and must be UTF-8 then.
namespace upy {
namespace {

/// The stream's bytes that a method has read so far.
class Collector {
 public:
  /// How a read ended: with bytes, at the end of the stream, or because it would block.
  enum class Outcome : uint8_t { More, End, WouldBlock };

  Collector(Value stream, const StreamOps* ops) : stream_(stream), ops_(ops) {}

  /// Reads up to `size` bytes in one operation.
  Result<Outcome> read(Vm& vm, size_t size) {
    size = std::min(size, kLargestRead);
    TRY(vm.poll());
    char* tail = TRY(out_.extend(vm, size));
    const size_t count = TRY(ops_->read(vm, stream_, tail, size));
    if (count == StreamOps::kWouldBlock) return Outcome::WouldBlock;
    out_.commit(count);
    return count ? Outcome::More : Outcome::End;
  }

  /// Reads until there are `size` bytes more, or no more.
  Result<Outcome> read_fully(Vm& vm, size_t size) {
    const size_t target = out_.size() + size;
    Outcome outcome = Outcome::More;
    while (out_.size() < target && outcome == Outcome::More) outcome = TRY(read(vm, target - out_.size()));
    return outcome;
  }

  std::string_view view() const { return out_.view(); }

  /// What was read as a str or bytes; None if that is nothing and the stream would block.
  Result<Value> finish(Vm& vm, Outcome outcome) {
    if (out_.size() == 0 && outcome == Outcome::WouldBlock) return Value::none();
    if (!ops_->text) return out_.to_bytes(vm);
    if (!TRY(is_well_formed(vm, out_.view()))) return vm.raise_with(UnicodeError_type, Value());
    return TRY(out_.to_str(vm));
  }

 private:
  static constexpr size_t kLargestRead = 1 << 16;
  Value stream_;
  const StreamOps* ops_;
  StrBuilder out_;
};
using Outcome = Collector::Outcome;

/// The least number of bytes that `text` lacks to hold `wanted` code points.
Result<size_t> bytes_missing(Vm& vm, std::string_view text, size_t wanted) {
  size_t at = 0;
  for (; at < text.size() && wanted > 0; wanted--) {
    at += is_continuation(text[at]) ? 1 : sequence_length(text[at]);
    TRY(vm.poll());
  }
  return wanted + (at > text.size() ? at - text.size() : 0);
}

Result<Outcome> read_characters(Vm& vm, Collector& collector, size_t wanted) {
  size_t missing = wanted;
  Outcome outcome = Outcome::More;
  while (missing > 0 && outcome == Outcome::More) {
    outcome = TRY(collector.read_fully(vm, missing));
    missing = TRY(bytes_missing(vm, collector.view(), wanted));
  }
  return outcome;
}

/// Reads one byte, or one character of a text stream.
Result<Outcome> read_item(Vm& vm, Collector& collector, const StreamOps& ops) {
  const Outcome outcome = TRY(collector.read(vm, 1));
  if (outcome != Outcome::More || !ops.text || is_continuation(collector.view().back())) return outcome;
  return collector.read_fully(vm, sequence_length(collector.view().back()) - 1);
}

Result<Outcome> read_to_end(Vm& vm, Collector& collector) {
  Outcome outcome = Outcome::More;
  while (outcome == Outcome::More) outcome = TRY(collector.read(vm, std::max<size_t>(512, collector.view().size())));
  return outcome;
}

/// A size argument: any number of bytes or characters, -1 for no limit.
Result<int64_t> size_argument(Vm& vm, Args args) {
  if (args.size() < 2 || args[1].is_none()) return int64_t{-1};
  return std::max<int64_t>(TRY(to_int64(vm, args[1])), -1);
}

}  // namespace

Result<Value> stream_read(Vm& vm, Args args) {
  const int64_t size = TRY(size_argument(vm, args));
  const StreamOps* ops = TRY(get_stream(vm, args[0], StreamUse::Read));
  Collector collector(args[0], ops);
  if (size < 0) return collector.finish(vm, TRY(read_to_end(vm, collector)));
  const auto wanted = static_cast<size_t>(size);
  return collector.finish(
      vm, ops->text ? TRY(read_characters(vm, collector, wanted)) : TRY(collector.read_fully(vm, wanted)));
}

Result<Value> stream_readline(Vm& vm, Args args) {
  int64_t left = TRY(size_argument(vm, args));
  const StreamOps* ops = TRY(get_stream(vm, args[0], StreamUse::Read));
  Collector collector(args[0], ops);
  Outcome outcome = Outcome::More;
  while (outcome == Outcome::More && left-- != 0 && !collector.view().ends_with('\n'))
    outcome = TRY(read_item(vm, collector, *ops));
  return collector.finish(vm, outcome);
}

Result<Value> stream_readlines(Vm& vm, Args args) {
  List* lines = TRY(List::make(vm));
  while (true) {
    const Value line = TRY(stream_readline(vm, args));
    if (!TRY(truth(vm, line))) return lines;
    TRY(lines->append(vm, line));
  }
}

}  // namespace upy
