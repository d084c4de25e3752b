#include "objects/model/printing.h"

#include <cstdio>

#include "objects/model/class_instance.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// Values as text, names and buffers.
namespace upy {

Result<void> print(Vm& vm, Value value, Writer& out, PrintStyle style) {
  const Type* type = type_of(value);
  if (type->slots.print) {
    TRY(vm.check_stack());
    Result<void> printed = type->slots.print(vm, value, out, style);
    asm volatile("" ::: "memory");  // no tail call: what leads back to itself is to use up the stack, and raise
    return printed;
  }
  TRY(out.write(vm, "<"));
  TRY(out.write(vm, type->name->view()));
  return out.write(vm, ">");
}

namespace {

Result<Str*> to_text(Vm& vm, Value value, PrintStyle style) {
  StrBuilder text;
  TRY(print(vm, value, text, style));
  return text.to_str(vm);
}

/// \xe9, \u20ac, \U0001f600: a character as a literal may have it.
Result<void> write_escape(Vm& vm, Writer& out, uint32_t code_point) {
  char text[16];
  const char* form = code_point < 0x100 ? "\\x%02x" : code_point < 0x10000 ? "\\u%04x" : "\\U%08x";
  const int size = std::snprintf(text, sizeof text, form, static_cast<unsigned>(code_point));
  return out.write(vm, {text, static_cast<size_t>(size)});
}

}  // namespace

Result<Str*> to_str(Vm& vm, Value value) {
  if (is_exactly(value, str_type)) return static_cast<Str*>(value.as_object());
  return to_text(vm, value, PrintStyle::Str);
}

Result<Str*> to_repr(Vm& vm, Value value) { return to_text(vm, value, PrintStyle::Repr); }

Result<Str*> to_ascii(Vm& vm, Value value) {
  Str* repr = TRY(to_repr(vm, value));
  if (repr->is_ascii()) return repr;
  StrBuilder out;
  std::string_view text = repr->view();
  while (!text.empty()) {
    const size_t plain = ascii_prefix(text);
    TRY(out.write(vm, text.substr(0, plain)));
    text.remove_prefix(plain);
    if (text.empty()) break;
    TRY(write_escape(vm, out, decode_utf8(text.data())));
    text.remove_prefix(sequence_length(text[0]));
    TRY(vm.poll_kill());
  }
  return out.to_str(vm);
}

Result<const Str*> to_name(Vm& vm, Value value) {
  if (Str* str = as<Str>(value, str_type)) return vm.strings.intern(str);
  return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
}

// ---- buffers ----

}  // namespace upy
