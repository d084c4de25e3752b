#include "compiler/compiler.h"
#include "modules/builtins/builtins.h"
#include "modules/import/import.h"
#include "modules/import/source_file.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/buffer.h"
#include "objects/model/class.h"
#include "objects/model/class_instance.h"
#include "objects/model/code.h"
#include "objects/model/exception.h"
#include "objects/model/function.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/file.h"

/// Builtins that compile and run code.
namespace upy {

namespace {

using Mode = CompileOptions::Mode;

Result<Dict*> as_namespace(Vm& vm, Value value) {
  Dict* dict = as_dict(value);
  if (!dict) return vm.raise(Error::cant_convert_implicitly, {type_of(value), "dict"});
  return dict;
}

/// The namespaces that exec(code, globals, locals) and its relatives run in.
struct Scope {
  Dict* globals;
  Dict* locals;
};

Result<Scope> scope_of(Vm& vm, Args args) {
  Dict* globals = vm.current_globals();
  Dict* locals = vm.current_namespace();
  if (args.size() > 1 && !args[1].is_none()) globals = locals = TRY(as_namespace(vm, args[1]));
  if (args.size() > 2 && !args[2].is_none()) locals = TRY(as_namespace(vm, args[2]));
  return Scope{globals, locals};
}

/// The source text in a str or an object with a buffer.
Result<std::string_view> source_of(Vm& vm, Value source) {
  if (Str* str = as<Str>(source, str_type)) return str->view();
  return TRY(get_buffer(vm, source)).view();
}

Result<Value> compile(Vm& vm, std::string_view source, std::string_view file, Mode mode) {
  return vm.compile(source, file, static_cast<int>(mode));
}

/// Statements can do without a namespace of their own if their names live in the globals anyway.
Mode statement_mode(const Scope& scope) { return scope.globals == scope.locals ? Mode::Module : Mode::Namespace; }

/// Code that needs captured cells or arguments can't run by itself.
Result<void> check_runnable(Vm& vm, const Code* code) {
  if (code->capture_count) return vm.raise(Error::closure_code);
  int wanted = code->positional_count - (code->flags & CodeUnit::kNamespace ? 1 : 0);
  if (wanted > 0) return vm.raise(Error::takes_positional, {code->name, wanted, 0});
  return {};
}

Result<Value> run(Vm& vm, Args args, const Scope& scope, Mode mode) {
  Value code = args[0];
  if (!is_exactly(code, code_type)) code = TRY(compile(vm, TRY(source_of(vm, code)), "<string>", mode));
  TRY(check_runnable(vm, static_cast<Code*>(code.as_object())));
  return vm.execute(code, scope.globals, scope.locals);
}

}  // namespace

/// eval(source or code[, globals[, locals]]).
Result<Value> builtin_eval(Vm& vm, Args args) { return run(vm, args, TRY(scope_of(vm, args)), Mode::Eval); }

/// exec(source or code[, globals[, locals]]).
Result<Value> builtin_exec(Vm& vm, Args args) {
  Scope scope = TRY(scope_of(vm, args));
  TRY(run(vm, args, scope, statement_mode(scope)));
  return Value::none();
}

/// execfile(path[, globals[, locals]]).
Result<Value> builtin_execfile(Vm& vm, Args args) {
  Scope scope = TRY(scope_of(vm, args));
  if (!as<Str>(args[0], str_type)) return vm.raise(Error::cant_convert_implicitly, {type_of(args[0]), "str"});
  const std::string path = TRY(to_path(vm, args[0]));
  Value code = TRY(compile_file(vm, path, statement_mode(scope)));
  TRY(vm.execute(code, scope.globals, scope.locals));
  return Value::none();
}

/// compile(source, filename, mode): a code object for exec and eval. Further arguments are taken and ignored.
Result<Value> builtin_compile(Vm& vm, Args args) {
  const Str* file = TRY(to_name(vm, args[1]));
  const Str* mode = TRY(to_name(vm, args[2]));
  std::string_view source = TRY(source_of(vm, args[0]));
  if (mode == "exec"_n) return compile(vm, source, file->view(), Mode::Namespace);
  if (mode == "eval"_n) return compile(vm, source, file->view(), Mode::Eval);
  if (mode == "single"_n) return compile(vm, source, file->view(), Mode::Single);
  return vm.raise(Error::bad_compile_mode);
}

Result<Value> builtin_globals(Vm& vm, Args) { return vm.current_globals(); }

/// Registers are no dict: the locals of a function are told as its globals.
Result<Value> builtin_locals(Vm& vm, Args) { return vm.current_namespace(); }

/// __import__(name, globals=None, locals=None, fromlist=(), level=0).
Result<Value> builtin_import(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[0]));
  Value from_list = args.size() > 3 ? args[3] : Value::none();
  int64_t level = args.size() > 4 ? TRY(to_int64(vm, args[4])) : 0;
  if (level < 0) return vm.raise_with(ValueError_type, Value());
  Dict* globals = vm.current_globals();
  if (level > 0 && args.size() > 1 && !args[1].is_none()) globals = TRY(as_namespace(vm, args[1]));
  return import_module(vm, name, globals, from_list, static_cast<int>(std::min<int64_t>(level, INT32_MAX)));
}

/// __build_class__(body, name, *bases): what the class statement does. The body fills the class's dict and answers the
/// cell in which its methods find the class, or None.
Result<Value> builtin_build_class(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[1]));
  Dict* dict = TRY(Dict::make(vm));
  Value cell = TRY(vm.call(args[0], {dict}));
  Tuple* bases = TRY(Tuple::make(vm, std::span<const Value>(args.values + 2, args.positional - 2)));
  Value made;
  if (bases->size == 0 || as_type(bases->items()[0]))
    made = TRY(make_class(vm, name, bases, dict));
  else
    made = TRY(vm.call(type_of(bases->items()[0]), {name, bases, dict}));
  if (is_exactly(cell, cell_type)) static_cast<Cell*>(cell.as_object())->content = made;
  return made;
}

}  // namespace upy
