#include "modules/json/json_reader.h"
#include "modules/json/json_writer.h"
#include "modules/modules.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/streams/stream.h"
#include "objects/strings/text.h"

/// json: values to JSON and back.
namespace upy {
namespace {

Result<std::string_view> to_separator(Vm& vm, Value value) {
  if (!Text::is_text(value)) return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
  return Text(native_of(value)).view();
}

/// The two texts of a tuple or list; the usual ones for None.
Result<JsonSeparators> to_separators(Vm& vm, Value value) {
  if (value.is_none()) return JsonSeparators();
  const Tuple* tuple = as_tuple(value);
  const List* list = as<List>(value, list_type);
  if (!tuple && !list) return vm.raise(Error::sequence_expected, {type_of(value)});
  const auto items = tuple ? tuple->view() : list->view();
  if (items.size() != 2) return vm.raise(Error::sequence_length, {2, items.size()});
  return JsonSeparators{TRY(to_separator(vm, items[0])), TRY(to_separator(vm, items[1]))};
}

/// The keyword-only arguments behind `positional` others.
Result<JsonSeparators> parse_separators(Vm& vm, Args args, uint32_t positional) {
  constexpr Parameter kParameters[] = {{"separators"_n, Parameter::Kind::KeywordOnly, Value::none()}};
  Value value;
  TRY(parse_arguments(vm, args.skip(positional), kParameters, &value));
  return to_separators(vm, value);
}

/// dump(object, stream, separators=None).
Result<Value> json_dump(Vm& vm, Args args) {
  const JsonSeparators separators = TRY(parse_separators(vm, args, 2));
  TRY(get_stream(vm, args[1], StreamUse::Write));
  StreamWriter out(args[1]);
  TRY(write_json(vm, args[0], out, separators));
  return Value::none();
}

/// dumps(object, separators=None). UnicodeError for bytes that are no text.
Result<Value> json_dumps(Vm& vm, Args args) {
  const JsonSeparators separators = TRY(parse_separators(vm, args, 1));
  StrBuilder out;
  TRY(write_json(vm, args[0], out, separators));
  if (!TRY(is_well_formed(vm, out.view()))) return vm.raise_with(UnicodeError_type, Value());
  return TRY(out.to_str(vm));
}

/// load(stream).
Result<Value> json_load(Vm& vm, Args args) { return read_json_stream(vm, args[0]); }

/// loads(text or buffer).
Result<Value> json_loads(Vm& vm, Args args) { return read_json_buffer(vm, args[0]); }

constexpr Member kMembers[] = {
    {"__name__"_n, Value("json"_n)},
    {"dump"_n, native<json_dump, 2, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"dumps"_n, native<json_dumps, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"load"_n, native<json_load, 1>},
    {"loads"_n, native<json_loads, 1>},
};

}  // namespace

constinit const NativeModule json_module{"json"_n, kMembers};

}  // namespace upy
