#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "heap/heap.h"
#include "objects/runtime/args.h"
#include "objects/runtime/result.h"

namespace upy {

class Vm;
class Writer;
struct Dict;
struct Str;
struct Tuple;
struct InstanceShape;

/// Operators with one operand.
enum class UnaryOp : uint8_t { Neg, Pos, Invert, Abs };

/// Operators with two operands, in the order of defs/opcodes.def. InPlace ones fall back to the plain ones.
enum class BinaryOp : uint8_t {
  Add,
  Sub,
  Mul,
  TrueDiv,
  FloorDiv,
  Mod,
  Pow,
  LShift,
  RShift,
  And,
  Or,
  Xor,
  MatMul,
  Lt,
  Le,
  Gt,
  Ge,
  Eq,
  Ne,
  InPlaceAdd,
  InPlaceSub,
  InPlaceMul,
  InPlaceTrueDiv,
  InPlaceFloorDiv,
  InPlaceMod,
  InPlacePow,
  InPlaceLShift,
  InPlaceRShift,
  InPlaceAnd,
  InPlaceOr,
  InPlaceXor,
  InPlaceMatMul,
  DivMod,
};
constexpr bool is_comparison(BinaryOp op) { return op >= BinaryOp::Lt && op <= BinaryOp::Ne; }
constexpr bool is_in_place(BinaryOp op) { return op >= BinaryOp::InPlaceAdd && op <= BinaryOp::InPlaceMatMul; }
/// The plain operator of an in-place one; others as they are.
constexpr BinaryOp plain(BinaryOp op) {
  return is_in_place(op) ? static_cast<BinaryOp>(static_cast<int>(op) - static_cast<int>(BinaryOp::InPlaceAdd)) : op;
}

/// How a value is written out.
enum class PrintStyle : uint8_t { Str, Repr };

/// Bytes in memory that an object shows (the buffer protocol).
struct Buffer {
  char* data = nullptr;
  size_t size = 0;      ///< in bytes
  char typecode = 'B';  ///< of an item, as in the struct and array modules
  bool writable = false;
  std::string_view view() const { return {data, size}; }
};

/// The stream protocol of file-like objects. Counts are in bytes; an error is an exception (OSError). `self` may be an
/// instance of a class derived from the native type: see as<T>.
struct StreamOps {
  Result<size_t> (*read)(Vm&, Value self, char* data, size_t size) = nullptr;         ///< 0 at the end; kWouldBlock
  Result<size_t> (*write)(Vm&, Value self, const char* data, size_t size) = nullptr;  ///< may be short; kWouldBlock
  Result<int64_t> (*ioctl)(Vm&, Value self, int request, int64_t argument) = nullptr;
  bool text = false;      ///< read() gives str instead of bytes
  bool scripted = false;  ///< written in Python: what it answers to kPoll may change at any time

  static constexpr size_t kWouldBlock = SIZE_MAX;
  enum Request { kFlush = 1, kSeek = 2, kPoll = 3, kClose = 4, kFileno = 10, kBufferSize = 11 };
  enum PollFlag { kReadable = 1, kWritable = 4, kError = 8, kHangUp = 16, kInvalid = 32 };
  /// Argument of kSeek, passed by address; `offset` becomes the new position.
  struct Seek {
    int64_t offset;
    int whence;
  };
};

/// What the objects of a type can do. A null slot: they cannot, or the general rule applies.
struct Slots {
  /// Writes str() or repr(). Null: `<name>`.
  Result<void> (*print)(Vm&, Value self, Writer& out, PrintStyle style) = nullptr;
  Result<Value> (*call)(Vm&, Value self, Args args) = nullptr;
  /// type(...): makes an object of `type`, which is this type, for the arguments of the call.
  Result<Value> (*construct)(Vm&, const Type* type, Args args) = nullptr;
  Result<Value> (*unary)(Vm&, UnaryOp op, Value self) = nullptr;
  /// self is the left operand. May answer Value::not_implemented().
  Result<Value> (*binary)(Vm&, BinaryOp op, Value self, Value other) = nullptr;
  /// self is the right operand and the left one knows nothing: `other op self`. Comparisons come mirrored through
  /// `binary`.
  Result<Value> (*reflected)(Vm&, BinaryOp op, Value self, Value other) = nullptr;
  Result<bool> (*truth)(Vm&, Value self) = nullptr;     ///< null: length() != 0, or true
  Result<uint64_t> (*hash)(Vm&, Value self) = nullptr;  ///< null: by address, if kHashByAddress, else TypeError
  Result<size_t> (*length)(Vm&, Value self) = nullptr;
  Result<Value> (*get_item)(Vm&, Value self, Value key) = nullptr;
  Result<void> (*set_item)(Vm&, Value self, Value key, Value value) = nullptr;  ///< null value: delete
  Result<bool> (*contains)(Vm&, Value self, Value item) = nullptr;              ///< null: by iteration
  Result<Value> (*iter)(Vm&, Value self) = nullptr;
  Result<Value> (*next)(Vm&, Value self) = nullptr;  ///< Value::stop() at the end; Vm::stop_value has its value
  /// Iteration without an iterator object: the item at `cursor`, which moves on; 0 begins. Value::stop() at the end.
  Result<Value> (*next_at)(Vm&, Value self, int64_t& cursor) = nullptr;
  /// Attributes where the general rule (members of the type and its bases) does not do. Value::absent(): there is none.
  Result<Value> (*get_attr)(Vm&, Value self, const Str* name) = nullptr;
  /// False: there is no such attribute to set or (null value) delete.
  Result<bool> (*set_attr)(Vm&, Value self, const Str* name, Value value) = nullptr;
  bool (*buffer)(Value self, Buffer& buffer) = nullptr;
  const StreamOps* stream = nullptr;
};

/// A name of a native type or module and what stands there.
struct Member {
  const Str* name;
  Value value;
};

extern const Type object_type;

/// A type: static for native types, on the heap for classes.
///
/// Native types inherit from at most one other native type (`base`). Classes have a tuple of bases, which are types,
/// and a dict. `native` is the native type whose data an object of a class carries in ClassInstance::native.
struct Type : Object {
  enum Flags : uint32_t {
    kClass = 1,          ///< made by a class statement
    kHashByAddress = 2,  ///< objects without a hash slot hash by identity
    kNotSubclassable = 4,
    kHasAccessors = 16,  ///< class: stores must look for properties, descriptors, __setattr__, __delattr__ in it
    kException = 32,     ///< BaseException or derived
    kSubclassed = 128,   ///< class: another class derives from it
    kSequence = 256,  ///< its item slots take an index or a slice, which they do not keep: it may lie on a native stack
    kAwaitable = 512,  ///< its objects are Awaitables (modules/asyncio/task.h)
  };

  Shape root;  ///< the shape of objects of a native type
  const Str* name;
  const Type* base;                 ///< of a native type; null for object and for classes
  std::span<const Member> members;  ///< of a native type
  Slots slots;
  uint32_t flags = 0;
  const Type* native = nullptr;  ///< class: the native base, null if none but object
  Tuple* bases = nullptr;        ///< class
  Tuple* ancestors = nullptr;  ///< class: its bases and theirs, depth first, each where it comes first; without object
  Dict* dict = nullptr;        ///< class
  InstanceShape* instance_shape = nullptr;  ///< class: the shape of a new instance

  /// Native type made at run time: the shape of its objects, a cell of its own. Null for static types.
  const Shape* heap_shape = nullptr;

  /// Class, while init_epoch is Vm::class_epoch: the __init__ to run for a call of it if nothing but a blank instance
  /// and that is needed; absent() if it has none, null if construct_instance must see to it.
  Value init;
  uint64_t init_epoch = 0;

  /// What a native type is made of.
  struct Spec {
    const Str* name;
    const CellKind* kind;
    const Type* base = &object_type;  ///< null for object alone
    std::span<const Member> members = {};
    uint32_t flags = 0;
    Slots slots = {};
  };
  constexpr explicit Type(const Spec& spec);
  constexpr Type(const Shape* shape, const Shape& root) : Object{shape}, root(root), name(nullptr), base(nullptr) {}

  bool is_class() const { return flags & kClass; }
};

extern const Type type_type;

constexpr Type::Type(const Spec& spec)
    : Object{&type_type.root},
      root(&shape_shape, spec.kind, this),
      name(spec.name),
      base(spec.base),
      members(spec.members),
      slots(spec.slots),
      flags(spec.flags) {}

/// The kind of cells that refer to nothing.
extern const CellKind plain_kind;

/// The shapes of values that are not objects, by tag.
extern const Type int_type, float_type, bool_type, none_type, ellipsis_type, not_implemented_type;
extern const Shape* const singleton_shapes[8];

inline const Shape* shape_of(Value value) {
  if (value.is_object()) [[likely]]
    return value.as_object()->shape;
  if (value.is_small_int()) return &int_type.root;
  if (value.is_immediate_float()) return &float_type.root;
  return singleton_shapes[value.singleton_index()];
}
inline const Type* type_of(Value value) { return shape_of(value)->type; }

/// Whether the value is an object of exactly that native type.
inline bool is_exactly(Value value, const Type& type) {
  return value.is_object() && value.as_object()->shape == &type.root;
}

/// The value as a type, native or class; null if it is none.
inline Type* as_type(Value value) {
  return is_exactly(value, type_type) ? static_cast<Type*>(value.as_object()) : nullptr;
}

/// Whether `type` is `other` or derived from it.
bool is_subtype(const Type* type, const Type* other);

/// What stands under `name` in the type or the first of its bases that has it (depth first, as MicroPython's classes
/// resolve); absent() if none. `owner`, if given, is set to the type it was found in. What `object` has is found in
/// `object` itself only.
Value look_up(const Type* type, const Str* name, const Type** owner = nullptr);

Result<bool> is_instance(Vm& vm, Value value, Value classinfo);  ///< a class or a tuple of them
Result<bool> is_subclass(Vm& vm, Value type, Value classinfo);

}  // namespace upy
