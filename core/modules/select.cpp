#include <algorithm>
#include <cerrno>

#include "modules/modules.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/stream.h"
#include "objects/streams/stream_poll.h"
#include "port/time_units.h"

/// select: waiting for several streams at once.
namespace upy {
namespace {

constexpr int64_t kOneShot = 1;  ///< flag of ipoll: what was told is not asked for again
constexpr int64_t kRead = StreamOps::kReadable, kWrite = StreamOps::kWritable;
constexpr int64_t kTrouble = StreamOps::kError | StreamOps::kHangUp;
/// Numbers in place of streams that one poll takes, as many as descriptors a process usually may have.
constexpr size_t kMaxNumbers = 1024;

/// A set of streams, in the order they were registered.
struct Poll : Object {
  ValueStorage* storage;  ///< of entries; null while there is none
  size_t count;           ///< entries
  size_t cursor;          ///< of an iteration: the entry to look at next
  bool one_shot;          ///< of an iteration
  Tuple* told;            ///< what iterations give, each time anew

  struct Entry {
    Value stream;
    Value events;  ///< asked for; a small int, as the next
    Value ready;   ///< found there
  };
  Entry* entries() { return reinterpret_cast<Entry*>(storage->items()); }
  /// The number of the entry of that very object; `count` if there is none.
  Result<size_t> find(Vm& vm, Value stream) {
    for (size_t i = 0; i < count; i++) {
      if (entries()[i].stream == stream) return i;
      TRY(vm.poll_kill());
    }
    return size_t{count};
  }

  static Result<Poll*> make(Vm& vm);
  Result<void> append(Vm& vm, Value stream, Value events);
  Result<void> remove(Vm& vm, size_t at);
};
constexpr size_t kEntryValues = sizeof(Poll::Entry) / sizeof(Value);

extern const Type poll_type;

Poll* poll_of(Args args) { return static_cast<Poll*>(args[0].as_object()); }

Result<Poll*> Poll::make(Vm& vm) {
  const Value nothing[] = {Value::none(), Value::none()};
  Tuple* told = TRY(Tuple::make(vm, nothing));
  Poll* poll = TRY(vm.allocate<Poll>(poll_type));
  *poll = {{&poll_type.root}, nullptr, 0, 0, false, told};
  return poll;
}

Result<void> Poll::append(Vm& vm, Value stream, Value events) {
  if (!storage || (count + 1) * kEntryValues > vm.capacity(storage)) {
    ValueStorage* larger = TRY(vm.allocate_values((count + count / 2 + 2) * kEntryValues));
    if (storage) TRY(copy_values(vm, larger->items(), storage->items(), count * kEntryValues));
    storage = larger;
  }
  entries()[count++] = {stream, events, Value::small_int(0)};
  return {};
}

Result<void> Poll::remove(Vm& vm, size_t at) {
  if (at < cursor) cursor--;
  Value* const values = storage->items();
  TRY(move_values(vm, values + at * kEntryValues, values + (at + 1) * kEntryValues, (count - at - 1) * kEntryValues));
  entries()[--count] = {};
  return {};
}

// ---- waiting ----

/// Asks each stream once, and hands those that are not ready to `wait`. Answers how many are. A stream in Python may
/// change the set.
Result<size_t> look(Vm& vm, Poll* poll, StreamWait& wait) {
  size_t ready = 0;
  for (size_t i = 0; i < poll->count; i++) {
    TRY(vm.poll());
    if (i >= poll->count) break;
    const Poll::Entry entry = poll->entries()[i];
    const int64_t events = entry.events.as_small_int();
    const int64_t found = TRY(poll_stream(vm, entry.stream, events));
    if (i < poll->count && poll->entries()[i].stream == entry.stream)
      poll->entries()[i].ready = Value::small_int(found & kSmallIntMax);
    if (found)
      ready++;
    else
      wait.add(entry.stream, events);
  }
  return ready;
}

Result<void> check_numbers(Vm& vm, Poll* poll) {
  size_t numbers = 0;
  for (size_t i = 0; i < poll->count; i++) {
    numbers += is_int(poll->entries()[i].stream);
    TRY(vm.poll_kill());
  }
  if (numbers > kMaxNumbers) return vm.raise_os_error(EINVAL);
  return {};
}

/// Waits until a stream is ready or the time has come. Answers how many are ready.
Result<size_t> wait_until_ready(Vm& vm, Poll* poll, int64_t until_ns) {
  TRY(check_numbers(vm, poll));
  TRY(vm.poll());
  StreamWait wait(vm);
  while (true) {
    const size_t ready = TRY(look(vm, poll, wait));
    if (ready || vm.ports.clock.monotonic_ns() >= until_ns) return ready;
    TRY(wait.sleep_until(until_ns));
  }
}

/// The time after a duration, which may be as long as it likes.
int64_t after(Vm& vm, int64_t duration, int64_t unit) {
  const int64_t now_ns = vm.ports.clock.monotonic_ns();
  return duration > (Clock::kForever - now_ns) / unit ? Clock::kForever : now_ns + duration * unit;
}

/// When a wait of so many milliseconds ends: None and negative numbers are for ever.
Result<int64_t> end_of_wait(Vm& vm, Value timeout) {
  if (!timeout || timeout.is_none()) return Clock::kForever;
  const int64_t ms = TRY(to_int64(vm, timeout));
  return ms < 0 ? Clock::kForever : after(vm, ms, kNsPerMs);
}

// ---- methods ----

/// Events to ask for as an argument tells them; the low bits are what counts.
Result<Value> events_of(Vm& vm, Value argument) { return Value::small_int(TRY(to_int64(vm, argument)) & UINT16_MAX); }

/// What can be polled: a stream, or the number of one.
Result<void> check_stream(Vm& vm, Value stream) {
  if (!is_int(stream)) {
    TRY(get_stream(vm, stream, StreamUse::Control));
    return {};
  }
  if (TRY(to_int64(vm, stream)) < 0) return vm.raise_with(ValueError_type, Value());
  return {};
}

/// register(stream[, events]): again, it changes the events.
Result<Value> poll_register(Vm& vm, Args args) {
  const Value events = args.size() > 2 ? TRY(events_of(vm, args[2])) : Value::small_int(kRead | kWrite);
  TRY(check_stream(vm, args[1]));
  Poll* poll = poll_of(args);
  const size_t at = TRY(poll->find(vm, args[1]));
  if (at < poll->count)
    poll->entries()[at].events = events;
  else
    TRY(poll->append(vm, args[1], events));
  return Value::none();
}

Result<Value> poll_unregister(Vm& vm, Args args) {
  const size_t at = TRY(poll_of(args)->find(vm, args[1]));
  if (at < poll_of(args)->count) TRY(poll_of(args)->remove(vm, at));
  return Value::none();
}

Result<Value> poll_modify(Vm& vm, Args args) {
  const Value events = TRY(events_of(vm, args[2]));
  const size_t at = TRY(poll_of(args)->find(vm, args[1]));
  if (at == poll_of(args)->count) return vm.raise_os_error(ENOENT);
  poll_of(args)->entries()[at].events = events;
  return Value::none();
}

/// poll([ms]): a list of (stream, events).
Result<Value> poll_poll(Vm& vm, Args args) {
  Poll* poll = poll_of(args);
  TRY(wait_until_ready(vm, poll, TRY(end_of_wait(vm, args.at(1)))));
  List* list = TRY(List::make(vm));
  for (size_t i = 0; i < poll->count; i++) {
    const Poll::Entry entry = poll->entries()[i];
    const Value fields[] = {entry.stream, entry.ready};
    if (entry.ready.as_small_int()) TRY(list->append(vm, TRY(Tuple::make(vm, fields))));
    TRY(vm.poll_kill());
  }
  return list;
}

/// ipoll([ms[, flags]]): the same as an iterator, without an allocation.
Result<Value> poll_ipoll(Vm& vm, Args args) {
  Poll* poll = poll_of(args);
  const int64_t flags = args.size() > 2 ? TRY(to_int64(vm, args[2])) : 0;
  TRY(wait_until_ready(vm, poll, TRY(end_of_wait(vm, args.at(1)))));
  poll->one_shot = flags & kOneShot;
  poll->cursor = 0;
  return args[0];
}

Result<Value> poll_next(Vm& vm, Value self) {
  auto* poll = static_cast<Poll*>(self.as_object());
  while (poll->cursor < poll->count) {
    TRY(vm.poll_kill());
    Poll::Entry& entry = poll->entries()[poll->cursor++];
    if (entry.ready.as_small_int() == 0) continue;
    if (poll->one_shot) entry.events = Value::small_int(0);
    poll->told->items()[0] = entry.stream;
    poll->told->items()[1] = entry.ready;
    return poll->told;
  }
  vm.stop_value = Value();
  return Value::stop();
}

// ---- functions ----

Result<Value> select_poll(Vm& vm, Args) { return TRY(Poll::make(vm)); }

/// Registers all streams of an iterable for those events too.
Result<void> add_all(Vm& vm, Poll* poll, Value streams, int64_t events) {
  Iteration items;
  TRY(items.begin(vm, streams));
  while (true) {
    const Value stream = TRY(items.next(vm));
    if (stream.is_stop()) return {};
    TRY(check_stream(vm, stream));
    const size_t at = TRY(poll->find(vm, stream));
    if (at == poll->count) TRY(poll->append(vm, stream, Value::small_int(0)));
    Value& asked = poll->entries()[at].events;
    asked = Value::small_int(asked.as_small_int() | events);
  }
}

/// The streams that were asked for one of those events and have it, or are in trouble: then nothing will make them
/// wait.
Result<Value> ready_for(Vm& vm, Poll* poll, int64_t events) {
  List* list = TRY(List::make(vm));
  for (size_t i = 0; i < poll->count; i++) {
    const Poll::Entry entry = poll->entries()[i];
    const bool is_asked = entry.events.as_small_int() & events;
    const bool is_ready = entry.ready.as_small_int() & (events | kTrouble | StreamOps::kInvalid);
    if (is_asked && is_ready) TRY(list->append(vm, entry.stream));
    TRY(vm.poll_kill());
  }
  return list;
}

/// When a wait of so many seconds ends: None and negative numbers are for ever.
Result<int64_t> end_of_seconds(Vm& vm, Value timeout) {
  if (!timeout || timeout.is_none()) return Clock::kForever;
  const double seconds = TRY(to_double(vm, timeout));
  if (!(seconds >= 0 && seconds < 9e9)) return Clock::kForever;
  return after(vm, static_cast<int64_t>(seconds * kNsPerSecond), 1);
}

/// select(readers, writers, troubled[, seconds]): three lists, of the streams that are ready.
Result<Value> select_select(Vm& vm, Args args) {
  const int64_t until_ns = TRY(end_of_seconds(vm, args.at(3)));
  Poll* poll = TRY(Poll::make(vm));
  TRY(add_all(vm, poll, args[0], kRead));
  TRY(add_all(vm, poll, args[1], kWrite));
  TRY(add_all(vm, poll, args[2], kTrouble));
  TRY(wait_until_ready(vm, poll, until_ns));
  const Value lists[] = {TRY(ready_for(vm, poll, kRead)), TRY(ready_for(vm, poll, kWrite)),
                         TRY(ready_for(vm, poll, kTrouble))};
  return TRY(Tuple::make(vm, lists));
}

void trace_poll(Object* object, Marker& marker) {
  auto* poll = static_cast<Poll*>(object);
  marker.mark(poll->storage);
  marker.mark(poll->told);
}
constexpr CellKind kPollKind{.trace = trace_poll};

constexpr Member kPollMembers[] = {
    {"ipoll"_n, native<poll_ipoll, 1, 3>},        {"modify"_n, native<poll_modify, 3>},
    {"poll"_n, native<poll_poll, 1, 2>},          {"register"_n, native<poll_register, 2, 3>},
    {"unregister"_n, native<poll_unregister, 2>},
};

constinit const Type poll_type{{.name = "poll"_n,
                                .kind = &kPollKind,
                                .members = kPollMembers,
                                .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                .slots = {.next = poll_next}}};

constexpr Member kMembers[] = {
    {"__name__"_n, Value("select"_n)},
    {"POLLERR"_n, Value::small_int(StreamOps::kError)},
    {"POLLHUP"_n, Value::small_int(StreamOps::kHangUp)},
    {"POLLIN"_n, Value::small_int(kRead)},
    {"POLLOUT"_n, Value::small_int(kWrite)},
    {"poll"_n, native<select_poll, 0>},
    {"select"_n, native<select_select, 3, 4>},
};

}  // namespace

constinit const NativeModule select_module{"select"_n, kMembers};

}  // namespace upy
