#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// The type `object` and the singletons None, Ellipsis and NotImplemented.
namespace upy {

constinit const CellKind plain_kind{};

namespace {

Result<Value> object_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 0));
  return TRY(vm.allocate<Object>(*type));
}

Result<Value> object_init(Vm&, Args) { return Value::none(); }

/// object.__new__(cls): a blank instance.
Result<Value> object_new(Vm& vm, Args args) {
  const Type* type = as_type(args[0]);
  if (!type || !type->is_class()) return vm.raise(Error::user_type_wanted);
  return TRY(ClassInstance::make(vm, type));
}

/// object.__setattr__(self, name, value): past the accessors of the class.
Result<Value> object_setattr(Vm& vm, Args args) {
  if (!is_class_instance(args[0])) return vm.raise(Error::user_type_wanted);
  const Str* name = TRY(to_name(vm, args[1]));
  TRY(as_class_instance(args[0])->set_own(vm, name, args[2]));
  return Value::none();
}

Result<Value> object_delattr(Vm& vm, Args args) {
  if (!is_class_instance(args[0])) return vm.raise(Error::user_type_wanted);
  const Str* name = TRY(to_name(vm, args[1]));
  if (!TRY(as_class_instance(args[0])->delete_own(vm, name)))
    return vm.raise(Error::no_attribute, {type_of(args[0]), name});
  return Value::none();
}

constexpr Member kMembers[] = {
    {"__init__"_n, native<object_init, 1>},
    {"__new__"_n, native<object_new, 1, 1, NativeFunction::kStaticMethod>},
    {"__setattr__"_n, native<object_setattr, 3>},
    {"__delattr__"_n, native<object_delattr, 2>},
};

}  // namespace

constinit const Type object_type{{.name = "object"_n,
                                  .kind = &plain_kind,
                                  .base = nullptr,
                                  .members = kMembers,
                                  .flags = Type::kHashByAddress,
                                  .slots = {.construct = object_construct}}};

// ---- singletons ----

namespace {

template <typename Text>
Result<void> print_text(Vm& vm, Value, Writer& out, PrintStyle) {
  return out.write(vm, Text::kText);
}
struct NoneText {
  static constexpr std::string_view kText = "None";
};
struct EllipsisText {
  static constexpr std::string_view kText = "Ellipsis";
};
struct NotImplementedText {
  static constexpr std::string_view kText = "NotImplemented";
};

Result<bool> none_truth(Vm&, Value) { return false; }
Result<uint64_t> singleton_hash(Vm&, Value self) { return self.bits(); }

}  // namespace

constinit const Type none_type{{.name = "NoneType"_n,
                                .kind = &plain_kind,
                                .slots = {.print = print_text<NoneText>, .truth = none_truth, .hash = singleton_hash}}};
constinit const Type ellipsis_type{
    {.name = "ellipsis"_n, .kind = &plain_kind, .slots = {.print = print_text<EllipsisText>, .hash = singleton_hash}}};
constinit const Type not_implemented_type{{.name = "NotImplementedType"_n,
                                           .kind = &plain_kind,
                                           .slots = {.print = print_text<NotImplementedText>, .hash = singleton_hash}}};

constinit const Shape* const singleton_shapes[8] = {
    &none_type.root,      // None
    &bool_type.root,      // False
    &bool_type.root,      // True
    &ellipsis_type.root,  // Ellipsis
    &not_implemented_type.root,
    &none_type.root,  // stop and absent are no values of scripts; what meets one by mistake sees None
    &none_type.root,
    &none_type.root,
};

}  // namespace upy
