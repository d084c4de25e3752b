#include "objects/model/function.h"

#include <algorithm>

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/code.h"
#include "objects/model/printing.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// Python functions, closures and their cells.
namespace upy {

namespace {

// ---- cells ----

void trace_cell(Object* object, Marker& marker) { marker.mark(static_cast<Cell*>(object)->content); }

constexpr CellKind kCellKind{.trace = trace_cell};

Result<void> print_content(Vm& vm, Value content, Writer& out) {
  return content ? print(vm, content, out, PrintStyle::Repr) : out.write(vm, "(nil)");
}

Result<void> cell_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<cell "));
  TRY(out.write_hex(vm, self.bits()));
  TRY(out.write(vm, " "));
  TRY(print_content(vm, static_cast<Cell*>(self.as_object())->content, out));
  return out.write(vm, ">");
}

// ---- functions ----

Function* as_function(Value value) { return static_cast<Function*>(value.as_object()); }

void trace_function(Object* object, Marker& marker) {
  auto* function = static_cast<Function*>(object);
  marker.mark(function->code);
  marker.mark(function->globals);
  marker.mark(function->defaults);
  marker.mark(function->keyword_defaults);
  marker.mark(function->cells(), function->cell_count);
}

constexpr CellKind kFunctionKind{.letter = 'B', .trace = trace_function};

Result<void> function_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<function "));
  TRY(out.write(vm, as_function(self)->code->name->view()));
  TRY(out.write(vm, " at 0x"));
  TRY(out.write_hex(vm, self.bits()));
  return out.write(vm, ">");
}

Result<void> closure_print(Vm& vm, Value self, Writer& out, PrintStyle style) {
  Function* closure = as_function(self);
  TRY(out.write(vm, "<closure "));
  TRY(function_print(vm, self, out, style));
  TRY(out.write(vm, " at "));
  TRY(out.write_hex(vm, self.bits()));
  TRY(out.write(vm, ", n_closed="));
  TRY(out.write_int(vm, static_cast<int64_t>(closure->cell_count)));
  TRY(out.write(vm, " "));
  for (size_t i = 0; i < closure->cell_count; i++) {
    TRY(print_content(vm, closure->cells()[i], out));
    TRY(out.write(vm, " "));
  }
  return out.write(vm, ">");
}

Result<Value> function_get_attr(Vm&, Value self, const Str* name) {
  if (name == "__name__"_n) return as_function(self)->code->name;
  if (name == "__globals__"_n) return as_function(self)->globals;
  if (name == "__code__"_n) return as_function(self)->code;
  return Value::absent();
}

/// type(f)(code, globals): a function of code that captures nothing.
Result<Value> function_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 2, 2));
  Dict* globals = as_dict(args[1]);
  if (!is_exactly(args[0], code_type)) return vm.raise(Error::cant_convert_implicitly, {type_of(args[0]), "code"});
  if (!globals) return vm.raise(Error::cant_convert_implicitly, {type_of(args[1]), "dict"});
  auto* code = static_cast<Code*>(args[0].as_object());
  if (code->capture_count) return vm.raise(Error::closure_code);
  return TRY(Function::make(vm, code, globals));
}

/// The interpreter calls Python functions without coming here; this tells that they can be called.
Result<Value> function_call(Vm& vm, Value self, Args args) { return vm.call(self, args); }

const Type& type_for(const Code* code) {
  if (code->capture_count) return closure_type;
  return code->is_generator() ? generator_function_type : function_type;
}

}  // namespace

Result<Function*> Function::make(Vm& vm, Code* code, Dict* globals) {
  const size_t cells = code->capture_count;
  Function* function = TRY(vm.allocate<Function>(type_for(code), sizeof(Function) + cells * sizeof(Value)));
  function->code = code;
  function->globals = globals;
  function->defaults = nullptr;
  function->keyword_defaults = nullptr;
  function->cell_count = cells;
  std::fill_n(function->cells(), cells, Value());
  return function;
}

constinit const Type cell_type{
    {.name = "cell"_n, .kind = &kCellKind, .flags = Type::kHashByAddress, .slots = {.print = cell_print}}};
constinit const Type function_type{{.name = "function"_n,
                                    .kind = &kFunctionKind,
                                    .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                    .slots = {.print = function_print,
                                              .call = function_call,
                                              .construct = function_construct,
                                              .get_attr = function_get_attr}}};
constinit const Type generator_function_type{
    {.name = "generator"_n,
     .kind = &kFunctionKind,
     .flags = Type::kHashByAddress | Type::kNotSubclassable,
     .slots = {.print = function_print, .call = function_call, .get_attr = function_get_attr}}};
constinit const Type closure_type{
    {.name = "closure"_n,
     .kind = &kFunctionKind,
     .flags = Type::kHashByAddress,
     .slots = {.print = closure_print, .call = function_call, .get_attr = function_get_attr}}};

}  // namespace upy
