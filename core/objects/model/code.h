#pragma once

#include <span>

#include "bytecode/code_unit.h"
#include "objects/runtime/type.h"

namespace upy {

extern const Type code_type;

/// A name in the code together with its inline cache. The VM alone knows what the cache words mean for which
/// instruction (interpreter/inline_cache.h); they are traced conservatively.
struct Site {
  const Object* guard;  ///< the shape or dict that the cache holds for; null: empty
  uint64_t version;     ///< of the dict, or Vm::class_epoch
  uint64_t payload;     ///< a Value or an address
  uint32_t index;
  uint32_t name;  ///< among Code::names
};

/// A CodeUnit loaded into an instance. Immutable but for the caches of its sites.
struct Code : Object {
  const Str* name;
  const Str* file;
  uint32_t first_line;
  uint8_t flags;  ///< CodeUnit::Flags
  bool simple;    ///< no generator, and nothing but positional parameters
  uint16_t positional_count, positional_only_count, keyword_only_count, register_count;
  uint32_t instruction_count, handler_count, line_count, capture_count;

  // Each points into a cell of its own, which this object keeps alive (interior pointers, right behind the header).
  Instr* instructions;
  Value* constants;
  Site* sites;
  Value* names;       ///< interned strings
  Value* parameters;  ///< interned strings, one for each parameter
  Value* children;    ///< Code objects
  Handler* handlers;
  LineEntry* lines;
  Capture* captures;

  const Str* parameter(size_t i) const;
  const Str* name_at(size_t i) const;
  bool is_generator() const { return flags & CodeUnit::kGenerator; }
  bool has_varargs() const { return flags & CodeUnit::kVarArgs; }
  bool has_varkeywords() const { return flags & CodeUnit::kVarKeywords; }
  /// The source line of an instruction; 1 if lines are not stored.
  uint32_t line_of(size_t instruction) const;
};

/// Loads a verified unit into the instance.
Result<Code*> load_code(Vm& vm, const CodeUnit& unit);

}  // namespace upy
