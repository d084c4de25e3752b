#include <algorithm>

#include "modules/asyncio/asyncio.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/streams/stream.h"
#include "objects/strings/array.h"
#include "objects/strings/memoryview.h"

/// asyncio: Stream, which reads and writes any stream that can be polled without making other tasks wait.
///
/// A stream in Python is read by its methods, which must not block. The others are read by one operation after the
/// other, each only if the stream is ready for it: the console and files of the host would block.
namespace upy {

namespace {

constexpr int64_t kLargestRead = 1 << 16;

struct Stream : Object {
  Value stream;
  Value extra;   ///< what get_extra_info looks into; None
  Value unsent;  ///< bytes that wait for drain(); null: none
  size_t sent;   ///< how many of them were written
};

Stream* self_of(Args args) { return static_cast<Stream*>(args[0].as_object()); }

bool is_scripted(Value stream) { return is_class_instance(stream); }

/// What a coroutine of a Stream does.
enum class Action : uint8_t { ReadSome, ReadAll, ReadExactly, ReadLine, ReadInto, Drain, Close };

/// A coroutine of a Stream. It waits until the stream is ready and then does what it can, until that is enough.
struct Job : Polling {
  Stream* owner;
  Value buffer;    ///< ReadInto: where to; null
  Array* read;     ///< a bytearray of what was read so far; null for other actions
  int64_t wanted;  ///< ReadSome, ReadExactly: bytes or characters
  Action action;

  bool is_text() const {
    const StreamOps* ops =
        type_of(stream)->slots.stream;  // null if it is no stream, which reading nothing does not ask
    return action == Action::ReadSome && ops && ops->text;
  }
};

// ---- reading ----

/// What one read gave: something, the end of the stream, or nothing yet.
enum class Part : uint8_t { Some, End, Nothing };

/// Calls a method of a stream in Python.
Result<Part> call_for_part(Vm& vm, Job* job, const Str* method, std::initializer_list<Value> args) {
  const Value part = TRY(vm.call_method(job->stream, method, args));
  if (part.is_none()) return Part::Nothing;
  const Buffer bytes = TRY(get_buffer(vm, part));
  TRY(job->read->append(vm, bytes.view()));
  return bytes.size ? Part::Some : Part::End;
}

/// One operation of any other stream, if it is ready for that.
Result<size_t> read_if_ready(Vm& vm, Value stream, char* data, size_t size) {
  if (TRY(poll_stream(vm, stream, StreamOps::kReadable)) == 0) return StreamOps::kWouldBlock;
  return TRY(get_stream(vm, stream, StreamUse::Read))->read(vm, stream, data, size);
}

Result<Part> read_part(Vm& vm, Job* job, int64_t wanted) {
  const auto size = static_cast<size_t>(std::clamp<int64_t>(wanted, 0, kLargestRead));
  char small[64];
  char* data = size > sizeof small ? TRY(vm.allocate_bytes(size))->data() : small;
  const size_t count = TRY(read_if_ready(vm, job->stream, data, size));
  if (count == StreamOps::kWouldBlock) return Part::Nothing;
  TRY(job->read->append(vm, {data, count}));
  return count ? Part::Some : Part::End;
}

/// How many bytes the last character lacks.
int64_t bytes_missing(std::string_view text) {
  size_t lead = text.size();
  while (lead > 0 && is_continuation(text[lead - 1])) lead--;
  if (lead == 0) return 0;
  return static_cast<int64_t>(sequence_length(text[lead - 1])) - static_cast<int64_t>(text.size() - lead + 1);
}

/// How much of what it wants a job lacks; 0: nothing.
int64_t missing(Job* job) {
  const auto size = static_cast<int64_t>(job->read->count);
  switch (job->action) {
    case Action::ReadExactly:
      return job->wanted - size;
    case Action::ReadLine:
      return job->read->view().ends_with('\n') ? 0 : 1;
    case Action::ReadSome:
      if (size == 0) return job->wanted;
      return job->is_text() ? std::max<int64_t>(bytes_missing(job->read->view()), 0) : 0;
    default:
      return kLargestRead;
  }
}

Result<Part> next_part(Vm& vm, Job* job) {
  if (!is_scripted(job->stream)) return read_part(vm, job, missing(job));
  if (job->action == Action::ReadLine) return call_for_part(vm, job, "readline"_n, {});
  const int64_t wanted = job->action == Action::ReadAll ? -1 : missing(job);
  return call_for_part(vm, job, "read"_n, {TRY(make_int(vm, wanted))});
}

/// What a method in Python answers is the result, unless it is None.
Result<Value> call_on(Vm& vm, Job* job, const Str* method, Value argument) {
  const Value result = TRY(vm.call_method(job->stream, method, {argument}));
  return result.is_none() ? Value::absent() : result;
}

/// Reads as much as is there; absent() if more must come.
Result<Value> read_on(Vm& vm, Job* job) {
  Part part = Part::Some;
  while (part == Part::Some && missing(job) > 0) {
    TRY(vm.poll());
    part = TRY(next_part(vm, job));
  }
  if (part == Part::Nothing) return Value::absent();
  if (part == Part::End && job->action == Action::ReadExactly) return vm.raise_with(EOFError_type, Value());
  if (!job->is_text()) return TRY(Bytes::make(vm, job->read->view()));
  if (!TRY(is_well_formed(vm, job->read->view()))) return vm.raise_with(UnicodeError_type, Value());
  return TRY(Str::make(vm, job->read->view()));
}

Result<Value> read_some(Vm& vm, Job* job) {
  if (!is_scripted(job->stream)) return read_on(vm, job);
  return call_on(vm, job, "read"_n, TRY(make_int(vm, job->wanted)));
}

Result<Value> read_into(Vm& vm, Job* job) {
  if (is_scripted(job->stream)) return call_on(vm, job, "readinto"_n, job->buffer);
  const Buffer buffer = TRY(get_writable_buffer(vm, job->buffer));
  const size_t count = TRY(read_if_ready(vm, job->stream, buffer.data, buffer.size));
  return count == StreamOps::kWouldBlock ? Value::absent() : Value::small_int(static_cast<int64_t>(count));
}

// ---- writing ----

/// Writes as much of an object's bytes as the stream takes now. Answers how many those were.
Result<size_t> write_now(Vm& vm, Value stream, Value data) {
  const Value answer = TRY(vm.call_method(stream, "write"_n, {data}));
  const int64_t count = answer.is_none() ? 0 : TRY(to_int64(vm, answer));
  const size_t size = TRY(get_buffer(vm, data)).size;
  return std::min(size, static_cast<size_t>(std::max<int64_t>(count, 0)));
}

/// Keeps what was not written of an object's bytes, behind what waits already.
Result<void> keep_unsent(Vm& vm, Stream* self, Value data, size_t written) {
  if (!self->unsent && written == 0 && is_exactly(data, bytes_type)) {
    self->unsent = data;
    return {};
  }
  StrBuilder both;
  if (self->unsent) TRY(both.write(vm, TRY(get_buffer(vm, self->unsent)).view().substr(self->sent)));
  TRY(both.write(vm, TRY(get_buffer(vm, data)).view().substr(written)));
  self->unsent = TRY(both.to_bytes(vm));
  self->sent = 0;
  return {};
}

Result<void> send(Vm& vm, Stream* self, Value data) {
  const size_t size = TRY(get_buffer(vm, data)).size;
  const size_t written = self->unsent ? 0 : TRY(write_now(vm, self->stream, data));
  if (written < size) TRY(keep_unsent(vm, self, data, written));
  return {};
}

/// Writes more of what waits; absent() if some is left. The stream's write may be one in Python that writes here too:
/// then more waits, behind what did, or all of that was sent already.
Result<Value> drain_on(Vm& vm, Stream* self) {
  if (!self->unsent) return Value::none();
  const size_t size = TRY(get_buffer(vm, self->unsent)).size;
  const Value rest = TRY(MemoryView::make(vm, self->unsent, self->sent, size - self->sent, 'B'));
  const size_t written = TRY(write_now(vm, self->stream, rest));
  const size_t waiting = self->unsent ? TRY(get_buffer(vm, self->unsent)).size - self->sent : 0;
  self->sent += std::min(written, waiting);
  if (written < waiting) return Value::absent();
  self->unsent = Value();
  self->sent = 0;
  return Value::none();
}

// ---- jobs ----

/// Does what can be done now; absent() if it is not enough.
Result<Value> go_on(Vm& vm, Job* job) {
  switch (job->action) {
    case Action::Drain:
      return drain_on(vm, job->owner);
    case Action::ReadInto:
      return read_into(vm, job);
    case Action::ReadSome:
      return read_some(vm, job);
    case Action::Close:
      return vm.call_method(job->stream, "close"_n);
    default:
      return read_on(vm, job);
  }
}

bool has_work(Job* job) {
  if (job->action == Action::Drain) return static_cast<bool>(job->owner->unsent);
  return job->action != Action::Close && (!job->read || missing(job) > 0);
}

/// Each job lets others run at least once, also where nothing is to be done.
Result<Value> job_next(Vm& vm, Value self) {
  AsyncLoop& loop = async_loop(vm);
  auto* job = static_cast<Job*>(self.as_object());
  if (loop.came_back(job)) {
    const Value result = TRY(go_on(vm, job));
    if (!result.is_absent()) return await_ends(vm, result);
  }
  Task* task = TRY(loop.begin_rest());
  return has_work(job) ? loop.rest_polling(task, job) : loop.rest_for_turn(task, job, loop.now_ns());
}

void trace_job(Object* object, Marker& marker) {
  auto* job = static_cast<Job*>(object);
  for (const Value value : {job->stream, job->buffer}) marker.mark(value);
  marker.mark(job->owner);
  marker.mark(job->read);
}

constexpr CellKind kJobKind{.trace = trace_job};
constinit const Type job_type{{.name = "awaitable"_n,
                               .kind = &kJobKind,
                               .flags = Type::kHashByAddress | Type::kNotSubclassable | Type::kAwaitable,
                               .slots = {.next = job_next}}};

Result<Job*> make_job(Vm& vm, Stream* owner, Action action) {
  const int64_t events = action == Action::Drain ? StreamOps::kWritable : StreamOps::kReadable;
  auto* job = TRY(vm.allocate<Job>(job_type));
  *job = {{{{&job_type.root}, &AsyncLoop::kPollingKind}, owner->stream, events}, owner, {}, nullptr, 0, action};
  return job;
}

Result<Value> make_read(Vm& vm, Stream* owner, Action action, int64_t wanted) {
  Job* job = TRY(make_job(vm, owner, action));
  job->wanted = std::max<int64_t>(wanted, 0);
  job->read = TRY(Array::make_bytearray(vm, {}));
  return job;
}

// ---- methods ----

/// Stream(stream[, extra]).
Result<Value> stream_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 1, 2));
  auto* self = TRY(vm.allocate<Stream>(*type));
  *self = {{&type->root}, args[0], args.size() > 1 ? args[1] : Value::none(), {}, 0};
  return self;
}

Result<Value> async_read(Vm& vm, Args args) {
  const int64_t wanted = args.size() > 1 ? TRY(to_int64(vm, args[1])) : -1;
  return make_read(vm, self_of(args), wanted < 0 ? Action::ReadAll : Action::ReadSome, wanted);
}

Result<Value> async_readexactly(Vm& vm, Args args) {
  return make_read(vm, self_of(args), Action::ReadExactly, TRY(to_int64(vm, args[1])));
}

Result<Value> async_readline(Vm& vm, Args args) { return make_read(vm, self_of(args), Action::ReadLine, 0); }

Result<Value> async_readinto(Vm& vm, Args args) {
  Job* job = TRY(make_job(vm, self_of(args), Action::ReadInto));
  job->buffer = args[1];
  return job;
}

Result<Value> async_write(Vm& vm, Args args) {
  TRY(send(vm, self_of(args), args[1]));
  return Value::none();
}

Result<Value> async_drain(Vm& vm, Args args) { return TRY(make_job(vm, self_of(args), Action::Drain)); }

/// awrite(data[, offset[, size]]): write and drain.
Result<Value> async_awrite(Vm& vm, Args args) {
  const int64_t from = args.size() > 2 ? TRY(to_int64(vm, args[2])) : 0;
  const int64_t size = args.size() > 3 ? TRY(to_int64(vm, args[3])) : -1;
  const std::string_view data = TRY(get_buffer(vm, args[1])).view();
  const auto all = static_cast<int64_t>(data.size());
  const int64_t offset = std::clamp<int64_t>(from, 0, all);
  const int64_t count = size < 0 ? all - offset : std::min(size, all - offset);
  const Value part =
      count == all ? args[1]
                   : Value(TRY(Bytes::make(vm, data.substr(static_cast<size_t>(offset), static_cast<size_t>(count)))));
  TRY(send(vm, self_of(args), part));
  return async_drain(vm, args);
}

/// The stream is closed by wait_closed().
Result<Value> async_close(Vm&, Args) { return Value::none(); }
Result<Value> async_wait_closed(Vm& vm, Args args) { return TRY(make_job(vm, self_of(args), Action::Close)); }

Result<Value> async_get_extra_info(Vm& vm, Args args) {
  if (self_of(args)->extra.is_none()) return vm.raise_with(KeyError_type, args[1]);
  return get_item(vm, self_of(args)->extra, args[1]);
}

void trace_stream(Object* object, Marker& marker) {
  auto* self = static_cast<Stream*>(object);
  for (const Value value : {self->stream, self->extra, self->unsent}) marker.mark(value);
}
constexpr CellKind kStreamKind{.trace = trace_stream};

constexpr Member kMembers[] = {
    {"aclose"_n, native<async_wait_closed, 1>},
    {"awrite"_n, native<async_awrite, 2, 4>},
    {"awritestr"_n, native<async_awrite, 2, 4>},
    {"close"_n, native<async_close, 1>},
    {"drain"_n, native<async_drain, 1>},
    {"get_extra_info"_n, native<async_get_extra_info, 2>},
    {"read"_n, native<async_read, 1, 2>},
    {"readexactly"_n, native<async_readexactly, 2>},
    {"readinto"_n, native<async_readinto, 2>},
    {"readline"_n, native<async_readline, 1>},
    {"wait_closed"_n, native<async_wait_closed, 1>},
    {"write"_n, native<async_write, 2>},
};

}  // namespace

constinit const Type async_stream_type{{.name = "Stream"_n,
                                        .kind = &kStreamKind,
                                        .members = kMembers,
                                        .flags = Type::kHashByAddress,
                                        .slots = {.construct = stream_construct}}};

}  // namespace upy
