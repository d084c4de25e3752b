#include "modules/json/json_writer.h"

#include <algorithm>

#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/printing.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/bytes.h"
#include "objects/strings/text.h"

namespace upy {
namespace {

class JsonWriter {
 public:
  JsonWriter(Vm& vm, Writer& out, const JsonSeparators& separators) : vm_(vm), out_(out), separators_(separators) {}

  Result<void> write(Value value) {
    TRY(vm_.check_stack());
    TRY(vm_.poll());
    if (value.is_none()) return out_.write(vm_, "null");
    if (value.is_bool()) return out_.write(vm_, value.is_true() ? "true" : "false");
    const Value plain = plain_of(value);
    if (is_exactly(plain, str_type)) return write_text(static_cast<Str*>(plain.as_object())->view());
    if (is_exactly(plain, bytes_type)) return write_text(static_cast<Bytes*>(plain.as_object())->view());
    if (is_exactly(plain, list_type)) return write_array(static_cast<List*>(plain.as_object()));
    if (is_exactly(plain, tuple_type)) return write_array(static_cast<Tuple*>(plain.as_object()));
    if (Dict* dict = as_dict(plain)) return write_object(dict);
    return print(vm_, value, out_, PrintStyle::Repr);
  }

 private:
  /// The native part of an object of a class that does not say itself, by __repr__, how it is written.
  static Value plain_of(Value value) {
    const bool says_how = is_class_instance(value) && !look_up(type_of(value), "__repr__"_n).is_absent();
    return says_how ? value : native_of(value);
  }

  Result<void> write_text(std::string_view text) {
    TRY(out_.write(vm_, "\""));
    while (!text.empty()) {
      const size_t plain = TRY(count_while(vm_, text, [](char c) { return !needs_escape(c); }));
      TRY(out_.write(vm_, text.substr(0, plain)));
      if (plain < text.size()) TRY(write_escape(text[plain]));
      text.remove_prefix(std::min(plain + 1, text.size()));
      TRY(vm_.poll());
    }
    return out_.write(vm_, "\"");
  }

  static bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<uint8_t>(c) < ' '; }

  Result<void> write_escape(char c) {
    const char hex[] = {'\\', 'u', '0', '0', kHexDigits[c >> 4 & 15], kHexDigits[c & 15]};
    const char quoted[] = {'\\', c};
    switch (c) {
      case '\n':
        return out_.write(vm_, "\\n");
      case '\r':
        return out_.write(vm_, "\\r");
      case '\t':
        return out_.write(vm_, "\\t");
      case '"':
      case '\\':
        return out_.write(vm_, {quoted, sizeof quoted});
      default:
        return out_.write(vm_, {hex, sizeof hex});
    }
  }

  /// A list or tuple, as it is at each step.
  template <typename Sequence>
  Result<void> write_array(Sequence* items) {
    TRY(out_.write(vm_, "["));
    for (size_t i = 0; i < items->view().size(); i++) {
      if (i > 0) TRY(out_.write(vm_, separators_.item));
      TRY(write(items->view()[i]));
    }
    return out_.write(vm_, "]");
  }

  Result<void> write_object(Dict* dict) {
    TRY(out_.write(vm_, "{"));
    size_t at = 0;
    bool first = true;
    while (const Dict::Entry* entry = dict->next(at)) {
      const Value key = entry->key, value = entry->value;
      if (!first) TRY(out_.write(vm_, separators_.item));
      first = false;
      TRY(write_key(key));
      TRY(out_.write(vm_, separators_.key));
      TRY(write(value));
    }
    return out_.write(vm_, "}");
  }

  /// Keys are texts in JSON: others become one by the quotes around them.
  Result<void> write_key(Value key) {
    const Value plain = plain_of(key);
    if (is_exactly(plain, str_type) || is_exactly(plain, bytes_type)) return write(key);
    TRY(out_.write(vm_, "\""));
    TRY(write(key));
    return out_.write(vm_, "\"");
  }

  Vm& vm_;
  Writer& out_;
  const JsonSeparators& separators_;
};

}  // namespace

Result<void> write_json(Vm& vm, Value value, Writer& out, const JsonSeparators& separators) {
  return JsonWriter(vm, out, separators).write(value);
}

}  // namespace upy
