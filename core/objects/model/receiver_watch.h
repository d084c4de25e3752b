#pragma once

#include <cassert>
#include <map>
#include <set>

#include "objects/model/native_function.h"
#include "objects/runtime/vm.h"

namespace upy {

/// An assertion at the entry of every native, in builds that watch cells (heap/cell_watch.h): the receiver of a method
/// of a native type is an object of that type. native_receiver (objects/model/binding.h) sees to that, and this tells
/// where it was passed by. It knows for which types a method was bound ever; a function that is no method is let
/// through.
class ReceiverWatch final : public ModuleState {
 public:
  static constexpr char kKey = 0;
  explicit ReceiverWatch(Vm&) {}

  /// `native` was found as a method of `owner`.
  static void note(Vm& vm, const NativeFunction* native, const Type* owner) {
    if constexpr (cell_watch::kOn) vm.state<ReceiverWatch>().owners_[native].insert(owner);
  }
  /// `member` is what a module shows: if it is a native, that takes whatever comes first, even if it is a method too.
  static void note_function(Vm& vm, Value member) {
    if constexpr (cell_watch::kOn)
      if (is_exactly(member, native_function_type))
        note(vm, static_cast<const NativeFunction*>(member.as_object()), &object_type);
  }
  /// Ends the process if `native` is about to be called with a receiver that is none.
  static void check(Vm& vm, const NativeFunction* native, Args args) {
    if constexpr (cell_watch::kOn) vm.state<ReceiverWatch>().check(native, args);
  }

 private:
  void check(const NativeFunction* native, Args args) const;

  std::map<const NativeFunction*, std::set<const Type*>> owners_;
};

/// Calls a native function with arguments whose counts were checked.
inline Result<Value> enter_native(Vm& vm, const NativeFunction* function, Args args) {
  ReceiverWatch::check(vm, function, args);
  Result<Value> result = function->fn(vm, args);
  assert(result || vm.pending());  // who fails has raised something: null is no value
  return result;
}

}  // namespace upy
