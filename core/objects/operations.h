#pragma once

#include "objects/type.h"
#include "objects/vm.h"

/// What scripts can do with any value: the language's operations, by the slots of its type. Each may raise, and may
/// call Python code, which may change anything.
namespace upy {

// ---- attributes ----
/// AttributeError if there is none.
Result<Value> get_attr(Vm& vm, Value self, const Str* name);
/// absent() if there is none.
Result<Value> find_attr(Vm& vm, Value self, const Str* name);
Result<void> set_attr(Vm& vm, Value self, const Str* name, Value value);  ///< null value: delete
/// For a method call: `function` and, if it takes one, `receiver` (else null). AttributeError if there is none.
Result<void> get_method(Vm& vm, Value self, const Str* name, Value& function, Value& receiver);
/// Binds what was found in a type to an object of it: functions become bound methods, descriptors answer __get__.
Result<Value> bind(Vm& vm, Value member, Value self, const Type* type);

// ---- text ----
Result<void> print(Vm& vm, Value value, Writer& out, PrintStyle style);
Result<Str*> to_str(Vm& vm, Value value);    ///< str(value)
Result<Str*> to_repr(Vm& vm, Value value);   ///< repr(value)
Result<Str*> to_ascii(Vm& vm, Value value);  ///< repr(value) in ASCII: \xe9 for é
/// The interned string of a str value; TypeError otherwise.
Result<const Str*> to_name(Vm& vm, Value value);

// ---- operators ----
Result<Value> unary(Vm& vm, UnaryOp op, Value value);
Result<Value> binary(Vm& vm, BinaryOp op, Value left, Value right);
/// The special method's name, e.g. "__add__"; and that of the reflected one, null for comparisons.
const Str* method_name(BinaryOp op);
const Str* reflected_name(BinaryOp op);
const Str* method_name(UnaryOp op);
Result<bool> equal(Vm& vm, Value a, Value b);  ///< a == b; identical objects are equal
Result<bool> less(Vm& vm, Value a, Value b);   ///< a < b
Result<bool> truth(Vm& vm, Value value);
Result<uint64_t> hash(Vm& vm, Value value);  ///< TypeError if unhashable
Result<size_t> length(Vm& vm, Value value);  ///< len(value), TypeError
/// Asks an object of a class for its length, if it has one, for the sake of what __len__ raises.
Result<void> check_length(Vm& vm, Value value);
Result<bool> contains(Vm& vm, Value container, Value item);
/// The same for a container that is only iterable.
Result<bool> contains_by_iteration(Vm& vm, Value container, Value item);

// ---- items ----
Result<Value> get_item(Vm& vm, Value self, Value key);
Result<void> set_item(Vm& vm, Value self, Value key, Value value);  ///< null value: delete

// ---- iteration ----
/// iter(value).
Result<Value> get_iter(Vm& vm, Value value);
/// What a failed step of an iterator means: Value::stop() if StopIteration is pending, which is taken and leaves its
/// value in vm.stop_value; else still the failure.
Result<Value> end_by_stop_iteration(Vm& vm);
/// next(iterator): an item, or Value::stop() with vm.stop_value set. A raised StopIteration counts as the end.
Result<Value> get_next(Vm& vm, Value iterator);

/// A loop over any iterable from C++, without an iterator object where the type allows. Lives on the native stack.
///   Iteration items;  TRY(items.begin(vm, iterable));
///   while (true) { Value item = TRY(items.next(vm)); if (item.is_stop()) break; … }
class Iteration {
 public:
  Result<void> begin(Vm& vm, Value iterable);
  Result<Value> next(Vm& vm);

 private:
  Value source_;
  int64_t cursor_ = 0;
  Result<Value> (*next_at_)(Vm&, Value, int64_t&) = nullptr;
};

// ---- buffers ----
/// The bytes of an object with the buffer protocol; TypeError `object with buffer protocol required`.
Result<Buffer> get_buffer(Vm& vm, Value value);
/// The same, but TypeError also if it can't be written to.
Result<Buffer> get_writable_buffer(Vm& vm, Value value);
inline constexpr size_t kPiece = 4096;
/// Calls `use(piece)` for all bytes of such an object, piece by piece. Polls between them, so that callbacks may change
/// the bytes that are still to come, and their number.
template <typename Use>
Result<void> for_each_piece(Vm& vm, Value value, Use use) {
  for (size_t at = 0;;) {
    TRY(vm.poll());
    const std::string_view bytes = TRY(get_buffer(vm, value)).view();
    if (at >= bytes.size()) return {};
    const std::string_view piece = bytes.substr(at, kPiece);
    TRY(use(piece));
    at += piece.size();
  }
}

// ---- calls ----
bool is_callable(Value value);

// ---- classes ----
Result<bool> is_instance(Vm& vm, Value value, Value classinfo);  ///< a class or a tuple of them
Result<bool> is_subclass(Vm& vm, Value type, Value classinfo);

}  // namespace upy
