#include "modules/builtins/builtins.h"
#include "modules/builtins/line_input.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/streams/stream.h"

namespace upy {

namespace {

/// Gathers small pieces of text, so that a line mostly reaches its target in one piece. `flush` must be called before
/// anything else writes to the target, and at the end.
class Gatherer final : public Writer {
 public:
  explicit Gatherer(Writer& target) : target_(target) {}

  Result<void> write(Vm& vm, std::string_view text) override {
    if (text.size() > sizeof text_ - size_) TRY(flush(vm));
    if (text.size() > sizeof text_) return target_.write(vm, text);
    size_ += text.copy(text_ + size_, text.size());
    return {};
  }

  Result<void> flush(Vm& vm) {
    std::string_view text{text_, size_};
    size_ = 0;
    return text.empty() ? Result<void>() : target_.write(vm, text);
  }

 private:
  Writer& target_;
  size_t size_ = 0;
  char text_[256];
};

/// Whether writing the value can't call Python, which might print something itself.
bool is_simple(Value value) { return !value.is_object() || is_exactly(value, str_type) || is_float(value); }

struct Punctuation {
  std::string_view separator, end;
};

Result<void> print_to_console(Vm& vm, Args args, Punctuation punctuation) {
  ConsoleWriter console(Console::Stream::Out);
  Gatherer line(console);
  for (uint32_t i = 0; i < args.positional; i++) {
    if (i > 0) TRY(line.write(vm, punctuation.separator));
    bool simple = is_simple(args[i]);
    if (!simple) TRY(line.flush(vm));
    TRY(print(vm, args[i], simple ? static_cast<Writer&>(line) : console, PrintStyle::Str));
  }
  TRY(line.write(vm, punctuation.end));
  return line.flush(vm);
}

Result<void> print_to_stream(Vm& vm, Args args, Punctuation punctuation, Value file) {
  TRY(get_stream(vm, file, StreamUse::Write));
  StreamWriter stream(file);
  for (uint32_t i = 0; i < args.positional; i++) {
    if (i > 0) TRY(stream.write(vm, punctuation.separator));
    TRY(print(vm, args[i], stream, PrintStyle::Str));
  }
  return stream.write(vm, punctuation.end);
}

/// The text of an option that is a str or None.
Result<std::string_view> text_option(Vm& vm, Value option, std::string_view otherwise) {
  if (option.is_none()) return otherwise;
  Str* str = as<Str>(option, str_type);
  if (!str) return vm.raise(Error::cant_convert_implicitly, {type_of(option), "str"});
  return str->view();
}

}  // namespace

/// print(*values, sep=" ", end="\n", file=sys.stdout).
Result<Value> builtin_print(Vm& vm, Args args) {
  constexpr Parameter kParameters[] = {{"sep"_n, Parameter::Kind::KeywordOnly, Value::none()},
                                       {"end"_n, Parameter::Kind::KeywordOnly, Value::none()},
                                       {"file"_n, Parameter::Kind::KeywordOnly, Value::none()}};
  Value options[3] = {Value::none(), Value::none(), Value::none()};
  if (args.keywords) TRY(parse_arguments(vm, args.skip(args.positional), kParameters, options));
  Punctuation punctuation{TRY(text_option(vm, options[0], " ")), TRY(text_option(vm, options[1], "\n"))};
  TRY(options[2].is_none() ? print_to_console(vm, args, punctuation)
                           : print_to_stream(vm, args, punctuation, options[2]));
  return Value::none();
}

Result<Value> builtin_repr(Vm& vm, Args args) { return TRY(to_repr(vm, args[0])); }

/// What the prompt does with the value of an expression: prints it and keeps it as the builtin `_`.
Result<Value> builtin_repl_print(Vm& vm, Args args) {
  if (args[0].is_none()) return args[0];
  ConsoleWriter console(Console::Stream::Out);
  TRY(print(vm, args[0], console, PrintStyle::Repr));
  TRY(console.write(vm, "\n"));
  TRY(set_builtin(vm, "_"_n, args[0]));
  return Value::none();
}

/// input([prompt]): a line of the console without its end; EOFError at the end of input, UnicodeError if it is no text.
Result<Value> builtin_input(Vm& vm, Args args) {
  if (vm.ports.console.gives_keys()) {
    StrBuilder prompt;
    if (args.size()) TRY(print(vm, args[0], prompt, PrintStyle::Str));
    return TRY(Str::make(vm, TRY(read_edited_line(vm, prompt.view()))));
  }
  if (args.size()) {
    ConsoleWriter console(Console::Stream::Out);
    TRY(print(vm, args[0], console, PrintStyle::Str));
  }
  StrBuilder line;
  while (true) {
    char c;
    bool ended = TRY(read_console(vm, &c, 1)) == 0;
    if (ended && line.size() == 0) return vm.raise_with(EOFError_type, Value());
    if (ended || c == '\n') break;
    TRY(line.write(vm, {&c, 1}));
  }
  if (!TRY(is_well_formed(vm, line.view()))) return vm.raise_with(UnicodeError_type, Value());
  return TRY(line.to_str(vm));
}

}  // namespace upy
