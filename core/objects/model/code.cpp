#include "objects/model/code.h"

#include <algorithm>
#include <cctype>
#include <cstring>

#include "objects/containers/tuple.h"
#include "objects/model/operators.h"
#include "objects/numbers/complex.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/bytes.h"
#include "objects/strings/codec.h"

namespace upy {

namespace {

void trace_sites(Object* object, Marker& marker) {
  char* cell = reinterpret_cast<char*>(object);
  marker.scan(object + 1, cell + marker.size_of(object));
}

constexpr CellKind kSitesKind{.trace = trace_sites};
constinit const Shape sites_shape{&shape_shape, &kSitesKind, nullptr};

/// The cell that an address right behind its header belongs to; null for null.
const Object* cell_of(const void* content) { return content ? static_cast<const Object*>(content) - 1 : nullptr; }

void trace_code(Object* object, Marker& marker) {
  auto* code = static_cast<Code*>(object);
  marker.mark(code->name);
  marker.mark(code->file);
  for (const void* part : {static_cast<const void*>(code->instructions), static_cast<const void*>(code->constants),
                           static_cast<const void*>(code->sites), static_cast<const void*>(code->names),
                           static_cast<const void*>(code->children), static_cast<const void*>(code->handlers),
                           static_cast<const void*>(code->lines), static_cast<const void*>(code->captures),
                           static_cast<const void*>(code->parameters)})
    marker.mark(cell_of(part));
}

constexpr CellKind kCodeKind{.trace = trace_code};

/// Copies plain records into a cell of their own; null if there are none.
template <typename T>
Result<void> load_records(Vm& vm, const std::vector<T>& records, T*& to) {
  if (records.empty()) return {};
  ByteStorage* cell = TRY(vm.allocate_bytes(records.size() * sizeof(T)));
  TRY(copy_bytes(vm, cell->data(), {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T)}));
  to = reinterpret_cast<T*>(cell->data());
  return {};
}

/// Whether a constant is written like a name. It may be that of a keyword argument, so it is interned.
bool may_be_name(std::string_view text) {
  auto fits = [](unsigned char c) { return c == '_' || c >= 0x80 || std::isalnum(c); };
  return text.size() <= Interner::kMaxNameSize && std::all_of(text.begin(), text.end(), fits);
}

Result<Value> load_constant(Vm& vm, const Constant& constant) {
  TRY(vm.poll_kill());
  using Kind = Constant::Kind;
  switch (constant.kind) {
    case Kind::None:
      return Value::none();
    case Kind::False:
      return Value::boolean(false);
    case Kind::True:
      return Value::boolean(true);
    case Kind::Ellipsis:
      return Value::ellipsis();
    case Kind::Int:
      return Value::small_int(constant.integer);
    case Kind::BigInt: {
      std::string_view digits = constant.text;
      bool negative = digits.starts_with('-');
      Value magnitude = TRY(parse_int(vm, digits.substr(negative), 16));
      return negative ? unary(vm, UnaryOp::Neg, magnitude) : magnitude;
    }
    case Kind::Float:
      return make_float(vm, constant.number);
    case Kind::Imaginary:
      return make_complex(vm, {0, constant.number});
    case Kind::Str:
      if (may_be_name(constant.text)) return TRY(vm.strings.intern(constant.text));
      return TRY(Str::make(vm, constant.text));
    case Kind::Bytes:
      return TRY(Bytes::make(vm, constant.text));
    case Kind::Tuple: {
      TRY(vm.check_stack());
      Tuple* tuple = TRY(Tuple::make(vm, constant.items.size()));
      for (size_t i = 0; i < constant.items.size(); i++) (*tuple)[i] = TRY(load_constant(vm, constant.items[i]));
      return tuple;
    }
  }
  __builtin_unreachable();
}

Result<void> load_names(Vm& vm, const CodeUnit& unit, Code* code) {
  if (unit.names.empty() && unit.sites.empty()) return {};
  code->names = TRY(vm.allocate_values(unit.names.size()))->items();
  for (size_t i = 0; i < unit.names.size(); i++) {
    code->names[i] = TRY(vm.strings.intern(unit.names[i]));
    TRY(vm.poll_kill());
  }
  if (unit.parameters.empty()) return {};
  code->parameters = TRY(vm.allocate_values(unit.parameters.size()))->items();
  for (size_t i = 0; i < unit.parameters.size(); i++) code->parameters[i] = code->names[unit.parameters[i]];
  return {};
}

Result<void> load_sites(Vm& vm, const CodeUnit& unit, Code* code) {
  if (unit.sites.empty()) return {};
  size_t bytes = unit.sites.size() * sizeof(Site);
  auto* cell = TRY(vm.allocate<ByteStorage>(&sites_shape, sizeof(Object) + bytes));
  TRY(fill_bytes(vm, cell->data(), 0, bytes));
  code->sites = reinterpret_cast<Site*>(cell->data());
  for (size_t i = 0; i < unit.sites.size(); i++) code->sites[i].name = unit.sites[i];
  return {};
}

Result<void> load_constants(Vm& vm, const CodeUnit& unit, Code* code) {
  if (unit.constants.empty()) return {};
  code->constants = TRY(vm.allocate_values(unit.constants.size()))->items();
  for (size_t i = 0; i < unit.constants.size(); i++) code->constants[i] = TRY(load_constant(vm, unit.constants[i]));
  return {};
}

Result<Code*> load(Vm& vm, const CodeUnit& unit, const Str* file);

Result<void> load_children(Vm& vm, const CodeUnit& unit, Code* code) {
  if (unit.children.empty()) return {};
  TRY(vm.check_stack());
  code->children = TRY(vm.allocate_values(unit.children.size()))->items();
  for (size_t i = 0; i < unit.children.size(); i++) code->children[i] = TRY(load(vm, unit.children[i], code->file));
  return {};
}

Result<Code*> load(Vm& vm, const CodeUnit& unit, const Str* file) {
  TRY(vm.poll_kill());
  Code* code = TRY(vm.allocate<Code>(code_type));
  std::memset(reinterpret_cast<char*>(code) + sizeof(Object), 0, sizeof(Code) - sizeof(Object));
  code->name = TRY(vm.strings.intern(unit.name));
  code->file = file;
  code->first_line = unit.first_line;
  code->flags = unit.flags;
  code->simple = !(unit.flags & (CodeUnit::kGenerator | CodeUnit::kVarArgs | CodeUnit::kVarKeywords)) &&
                 unit.keyword_only_count == 0;
  code->positional_count = unit.positional_count;
  code->positional_only_count = unit.positional_only_count;
  code->keyword_only_count = unit.keyword_only_count;
  code->register_count = unit.register_count;
  code->instruction_count = static_cast<uint32_t>(unit.code.size());
  code->handler_count = static_cast<uint32_t>(unit.handlers.size());
  code->line_count = static_cast<uint32_t>(unit.lines.size());
  code->capture_count = static_cast<uint32_t>(unit.captures.size());
  TRY(load_names(vm, unit, code));
  TRY(load_sites(vm, unit, code));
  TRY(load_constants(vm, unit, code));
  TRY(load_children(vm, unit, code));
  TRY(load_records(vm, unit.code, code->instructions));
  TRY(load_records(vm, unit.handlers, code->handlers));
  TRY(load_records(vm, unit.lines, code->lines));
  TRY(load_records(vm, unit.captures, code->captures));
  return code;
}

Result<void> print_code(Vm& vm, Value, Writer& out, PrintStyle) { return out.write(vm, "<code>"); }

}  // namespace

const Str* Code::parameter(size_t i) const { return static_cast<const Str*>(parameters[i].as_object()); }

const Str* Code::name_at(size_t i) const { return static_cast<const Str*>(names[i].as_object()); }

uint32_t Code::line_of(size_t instruction) const {
  const LineEntry* end = lines + line_count;
  const LineEntry* after = std::upper_bound(static_cast<const LineEntry*>(lines), end, instruction,
                                            [](size_t at, const LineEntry& entry) { return at < entry.start; });
  return after == lines ? 1 : after[-1].line;
}

Result<Code*> load_code(Vm& vm, const CodeUnit& unit) {
  return load(vm, unit, TRY(readable_text_of_host(vm, unit.file)));
}

constinit const Type code_type{{.name = "code"_n,
                                .kind = &kCodeKind,
                                .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                .slots = {.print = print_code}}};

}  // namespace upy
