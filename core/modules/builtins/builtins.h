#pragma once

#include "objects/runtime/args.h"
#include "objects/runtime/result.h"

/// The builtin functions, by the files that hold them; builtins.cpp gives them their names and arities.
namespace upy {

class Vm;

// builtins_numbers.cpp
Result<Value> builtin_abs(Vm& vm, Args args);
Result<Value> builtin_bin(Vm& vm, Args args);
Result<Value> builtin_chr(Vm& vm, Args args);
Result<Value> builtin_divmod(Vm& vm, Args args);
Result<Value> builtin_hex(Vm& vm, Args args);
Result<Value> builtin_oct(Vm& vm, Args args);
Result<Value> builtin_ord(Vm& vm, Args args);
Result<Value> builtin_pow(Vm& vm, Args args);
Result<Value> builtin_round(Vm& vm, Args args);

// builtins_iteration.cpp
Result<Value> builtin_all(Vm& vm, Args args);
Result<Value> builtin_any(Vm& vm, Args args);
Result<Value> builtin_iter(Vm& vm, Args args);
Result<Value> builtin_len(Vm& vm, Args args);
Result<Value> builtin_max(Vm& vm, Args args);
Result<Value> builtin_min(Vm& vm, Args args);
Result<Value> builtin_next(Vm& vm, Args args);
Result<Value> builtin_sorted(Vm& vm, Args args);
Result<Value> builtin_sum(Vm& vm, Args args);

// builtins_objects.cpp
Result<Value> builtin_callable(Vm& vm, Args args);
Result<Value> builtin_delattr(Vm& vm, Args args);
Result<Value> builtin_getattr(Vm& vm, Args args);
Result<Value> builtin_hasattr(Vm& vm, Args args);
Result<Value> builtin_hash(Vm& vm, Args args);
Result<Value> builtin_id(Vm& vm, Args args);
Result<Value> builtin_isinstance(Vm& vm, Args args);
Result<Value> builtin_issubclass(Vm& vm, Args args);
Result<Value> builtin_setattr(Vm& vm, Args args);

// builtins_dir.cpp
/// The names that an object is known to have, sorted, as dir() lists them where the object says nothing itself.
Result<Value> names_of(Vm& vm, Value object);
Result<Value> builtin_dir(Vm& vm, Args args);
Result<Value> builtin_help(Vm& vm, Args args);

// builtins_print.cpp
Result<Value> builtin_input(Vm& vm, Args args);
Result<Value> builtin_open(Vm& vm, Args args);
Result<Value> builtin_print(Vm& vm, Args args);
Result<Value> builtin_repl_print(Vm& vm, Args args);
Result<Value> builtin_repr(Vm& vm, Args args);

// builtins_code.cpp
Result<Value> builtin_build_class(Vm& vm, Args args);
Result<Value> builtin_compile(Vm& vm, Args args);
Result<Value> builtin_eval(Vm& vm, Args args);
Result<Value> builtin_exec(Vm& vm, Args args);
Result<Value> builtin_execfile(Vm& vm, Args args);
Result<Value> builtin_globals(Vm& vm, Args args);
Result<Value> builtin_import(Vm& vm, Args args);
Result<Value> builtin_locals(Vm& vm, Args args);

/// Puts a value under a name that scripts then see as a builtin; a null one takes it away. False: there was none.
Result<bool> set_builtin(Vm& vm, const Str* name, Value value);

}  // namespace upy
