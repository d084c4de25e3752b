#include "objects/model/exception.h"

#include <algorithm>
#include <cerrno>

#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/emergency.h"
#include "objects/model/printing.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

// ---- making ----

/// None of this raises: what does not fit in the heap is taken from the emergency reserve.
Result<Exception*> Exception::make(Vm& vm, const Type& type, std::span<const Value> args) {
  Tuple* tuple = const_cast<Tuple*>(&empty_tuple);
  if (!args.empty()) {
    tuple = static_cast<Tuple*>(vm.heap.allocate(&tuple_type.root, sizeof(Tuple) + args.size_bytes()));
    if (tuple) {
      tuple->size = args.size();
      std::copy(args.begin(), args.end(), tuple->items());
    } else {
      tuple = vm.emergency().args(args);
    }
  }
  auto* exception = static_cast<Exception*>(vm.heap.allocate(&type.root, sizeof(Exception)));
  if (!exception) {
    exception = vm.emergency().exception(type);
    exception->args = tuple;
    return exception;
  }
  exception->args = tuple;
  exception->trace = nullptr;
  exception->trace_size = exception->trace_capacity = 0;
  vm.emergency().refill();
  return exception;
}

namespace {

constexpr uint32_t kFirstPlaces = 4;

/// Doubles the room for entries, if there is memory.
void grow_trace(Vm& vm, Exception* exception) {
  uint32_t capacity = exception->trace_capacity ? exception->trace_capacity * 2 : kFirstPlaces;
  Object* cell = vm.heap.allocate(&bytes_storage_shape, sizeof(Object) + capacity * sizeof(Exception::TracebackEntry));
  if (!cell) {
    if (!exception->trace) vm.emergency().give_entries(exception);
    return;
  }
  auto* entries = reinterpret_cast<Exception::TracebackEntry*>(cell + 1);
  if (exception->trace_size) std::copy_n(exception->entries(), exception->trace_size, entries);
  exception->trace = cell;
  exception->trace_capacity = capacity;
}

}  // namespace

void Exception::add_traceback_entry(Vm& vm, const Str* file, const Str* block, size_t line) {
  if (trace_size == trace_capacity) grow_trace(vm, this);
  if (trace_size < trace_capacity) entries()[trace_size++] = {file, block, line};
}

Exception* as_exception(Value value) {
  value = native_of(value);
  if (!value.is_object() || !type_of(value) || !(type_of(value)->flags & Type::kException) ||
      type_of(value)->is_class())
    return nullptr;
  return static_cast<Exception*>(value.as_object());
}

// ---- text ----

namespace {

/// "ENOENT" for 2; empty if the number has no name.
std::string_view errno_name(int64_t number) {
  switch (number) {
#define ERRNO(name) \
  case name:        \
    return #name;
#include "defs/errno.def"
#undef ERRNO
  }
  return {};
}

/// "[Errno 2] ENOENT: more". False, and nothing written, if the arguments are not a known number and perhaps a text.
Result<bool> write_os_error(Vm& vm, Tuple* args, Writer& out) {
  if (args->size > 2 || !args->items()[0].is_small_int()) return false;
  int64_t number = args->items()[0].as_small_int();
  std::string_view name = errno_name(number);
  if (name.empty()) return false;
  TRY(out.write(vm, "[Errno "));
  TRY(out.write_int(vm, number));
  TRY(out.write(vm, "] "));
  TRY(out.write(vm, name));
  if (args->size == 2) {
    TRY(out.write(vm, ": "));
    TRY(print(vm, args->items()[1], out, PrintStyle::Str));
  }
  return true;
}

/// What str() of the exception gives.
Result<void> write_text(Vm& vm, Exception* exception, Writer& out) {
  Tuple* args = exception->args;
  if (args->size == 0) return {};
  if (exception->shape->type == &OSError_type && TRY(write_os_error(vm, args, out))) return {};
  if (args->size == 1) return print(vm, args->items()[0], out, PrintStyle::Str);
  return print(vm, args, out, PrintStyle::Repr);
}

Result<void> exception_print(Vm& vm, Value self, Writer& out, PrintStyle style) {
  auto* exception = static_cast<Exception*>(self.as_object());
  if (style == PrintStyle::Str) return write_text(vm, exception, out);
  TRY(out.write(vm, exception->shape->type->name->view()));
  return print(vm, exception->args, out, PrintStyle::Repr);
}

}  // namespace

namespace {

Result<void> write_entry(Vm& vm, const Exception::TracebackEntry& entry, Writer& out) {
  TRY(out.write(vm, "  File \""));
  TRY(out.write(vm, entry.file->view()));
  TRY(out.write(vm, "\", line "));
  TRY(out.write_int(vm, static_cast<int64_t>(entry.line)));
  if (entry.block) {
    TRY(out.write(vm, ", in "));
    TRY(out.write(vm, entry.block->view()));
  }
  return out.write(vm, "\n");
}

/// "Type: text"; what a class's own __repr__ says in place of that.
Result<void> write_last_line(Vm& vm, Value value, Exception* exception, Writer& out, Writer* text) {
  TwoWriters both(out, text);
  const Type* type = type_of(value);
  if (type->is_class() && !look_up(type, "__repr__"_n).is_absent()) return print(vm, value, both, PrintStyle::Repr);
  TRY(out.write(vm, type->name->view()));
  TRY(out.write(vm, ": "));
  return write_text(vm, exception, both);
}

}  // namespace

Result<void> print_exception(Vm& vm, Value value, Writer& out, Writer* text) {
  Exception* exception = as_exception(value);
  if (!exception) {
    TRY(print(vm, value, out, PrintStyle::Repr));
    return out.write(vm, "\n");
  }
  if (exception->trace_size) TRY(out.write(vm, "Traceback (most recent call last):\n"));
  // A stream in Python may make the exception forget its traceback, or raise it once more.
  for (uint32_t i = exception->trace_size; i > 0 && exception->trace_size > 0;) {
    i = std::min(i, exception->trace_size) - 1;
    TRY(write_entry(vm, Exception::TracebackEntry(exception->entries()[i]), out));
    TRY(vm.poll_kill());
  }
  TRY(write_last_line(vm, value, exception, out, text));
  return out.write(vm, "\n");
}

// ---- matching ----

Result<bool> exception_matches(Vm& vm, Value exception, Value matcher) {
  if (is_exactly(matcher, tuple_type)) {
    TRY(vm.check_stack());
    auto* tuple = static_cast<Tuple*>(matcher.as_object());
    for (Value each : tuple->view()) {
      if (TRY(exception_matches(vm, exception, each))) return true;
      TRY(vm.poll());
    }
    return false;
  }
  const Type* type = as_type(matcher);
  if (!type || !(type->flags & Type::kException)) return vm.raise(Error::not_an_exception);
  return is_subtype(type_of(exception), type);
}

Failure raise_stop_iteration(Vm& vm) {
  bool has_value = vm.stop_value && !vm.stop_value.is_none();
  return vm.raise_with(StopIteration_type, has_value ? vm.stop_value : Value());
}

// ---- the types ----

namespace {

void trace_exception(Object* object, Marker& marker) {
  auto* exception = static_cast<Exception*>(object);
  marker.mark(exception->args);
  marker.mark(exception->trace);
  for (uint32_t i = 0; i < exception->trace_size; i++) {
    marker.mark(exception->entries()[i].file);
    marker.mark(exception->entries()[i].block);
  }
}

Result<Value> exception_construct(Vm& vm, const Type* type, Args args) {
  if (args.keywords) return vm.raise(Error::no_keywords);
  return TRY(Exception::make(vm, *type, {args.values, args.positional}));
}

Result<Value> exception_get_attr(Vm&, Value self, const Str* name) {
  Tuple* args = static_cast<Exception*>(self.as_object())->args;
  if (name == "args"_n) return args;
  if (name == "value"_n || name == "errno"_n) return args->size ? args->items()[0] : Value::none();
  return Value::absent();
}

/// `e.__traceback__ = None` forgets the entries but keeps their room, so that a prepared exception can be raised again
/// and again without an allocation.
Result<bool> exception_set_attr(Vm&, Value self, const Str* name, Value value) {
  if (name != "__traceback__"_n || !value.is_none()) return false;
  static_cast<Exception*>(self.as_object())->clear_trace();
  return true;
}

constexpr CellKind kExceptionKind{.trace = trace_exception};
constexpr Slots kExceptionSlots{
    .print = exception_print,
    .construct = exception_construct,
    .get_attr = exception_get_attr,
    .set_attr = exception_set_attr,
};

}  // namespace

#define EXCEPTION(name_, base_)                                                        \
  constinit const Type name_##_type{{.name = #name_ ""_n,                              \
                                     .kind = &kExceptionKind,                          \
                                     .base = &base_##_type,                            \
                                     .flags = Type::kException | Type::kHashByAddress, \
                                     .slots = kExceptionSlots}};
#include "defs/exceptions.def"
#undef EXCEPTION

}  // namespace upy
