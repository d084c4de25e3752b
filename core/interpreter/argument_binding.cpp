#include <algorithm>
#include <cstring>

#include "interpreter/interpreter.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// The arguments of a call become the parameters of a Python function: keywords, defaults, *args and **kwargs.
namespace upy {

namespace {

/// The arguments of one call while they are bound to the registers of the callee.
class Binding {
 public:
  Binding(Vm& vm, Function* function, Args args, Value* registers)
      : vm_(vm), function_(function), code_(function->code), args_(args), registers_(registers) {}

  Result<void> bind() {
    std::fill_n(registers_, code_->register_count, Value());
    TRY(bind_positional());
    TRY(bind_keywords());
    fill_defaults();
    return check_complete();
  }

 private:
  uint32_t named_count() const { return code_->positional_count + code_->keyword_only_count; }

  Result<void> bind_positional() {
    uint32_t direct = std::min<uint32_t>(args_.positional, code_->positional_count);
    std::copy_n(args_.values, direct, registers_);
    if (code_->has_varargs()) {
      registers_[named_count()] =
          TRY(Tuple::make(vm_, std::span<const Value>(args_.values + direct, args_.positional - direct)));
    } else if (args_.positional > code_->positional_count) {
      return vm_.raise(Error::takes_positional, {code_->name, code_->positional_count, args_.positional});
    }
    return {};
  }

  Result<void> bind_keywords() {
    Dict* rest = nullptr;
    if (code_->has_varkeywords()) {
      rest = TRY(Dict::make(vm_));
      registers_[named_count() + code_->has_varargs()] = rest;
    }
    for (uint32_t i = 0; i < args_.keywords; i++) {
      TRY(vm_.poll_kill());
      auto* name = static_cast<const Str*>(args_.keyword_name(i).as_object());
      Value* place = find_parameter(name);
      if (place && *place) return vm_.raise(Error::multiple_values, {name});
      if (place)
        *place = args_.keyword_value(i);
      else if (rest)
        TRY(rest->set(vm_, name, args_.keyword_value(i)));
      else
        return vm_.raise(Error::unexpected_keyword, {name});
    }
    return {};
  }

  /// Where an argument with that name goes; null if no parameter may be given by it.
  Value* find_parameter(const Str* name) {
    for (uint32_t i = code_->positional_only_count; i < named_count(); i++)
      if (code_->parameter(i) == name) return &registers_[i];
    return nullptr;
  }

  void fill_defaults() {
    if (Tuple* defaults = function_->defaults) {
      size_t first = code_->positional_count - std::min<size_t>(defaults->size, code_->positional_count);
      for (size_t i = first; i < code_->positional_count; i++)
        if (!registers_[i]) registers_[i] = (*defaults)[i - first];
    }
    if (Dict* defaults = function_->keyword_defaults) {
      for (uint32_t i = code_->positional_count; i < named_count(); i++)
        if (!registers_[i]) registers_[i] = defaults->get(code_->parameter(i));
    }
  }

  Result<void> check_complete() {
    for (uint32_t i = 0; i < code_->positional_count; i++) {
      if (registers_[i]) continue;
      // Counted from 0, as MicroPython does.
      if (args_.keywords || function_->keyword_defaults) return vm_.raise(Error::missing_argument, {i});
      const size_t defaults = function_->defaults ? function_->defaults->size : 0;
      return vm_.raise(Error::takes_positional, {code_->name, code_->positional_count - defaults, args_.positional});
    }
    for (uint32_t i = code_->positional_count; i < named_count(); i++)
      if (!registers_[i]) return vm_.raise(Error::missing_keyword, {code_->parameter(i)});
    return {};
  }

  Vm& vm_;
  Function* function_;
  Code* code_;
  Args args_;
  Value* registers_;
};

}  // namespace

/// The general case: the arguments move above the callee's registers, then each goes to its parameter.
Result<void> Interpreter::bind_slowly(Function* function, Value* registers, uint32_t positional, uint32_t keywords) {
  size_t count = positional + 2 * size_t{keywords};
  Value* above = registers + std::max<size_t>(function->code->register_count, count);
  if (count > static_cast<size_t>(stack_end_ - above)) return raise(Error::recursion);
  std::memmove(static_cast<void*>(above), registers, count * sizeof(Value));
  binding_top_ = above + count;
  Result<void> bound = Binding(*this, function, Args(above, positional, keywords), registers).bind();
  binding_top_ = nullptr;
  return bound;
}

}  // namespace upy
