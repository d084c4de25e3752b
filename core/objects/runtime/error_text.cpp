#include "objects/runtime/error_text.h"

#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/runtime/vm.h"
#include "objects/strings/codec.h"

namespace upy {

namespace {

struct ErrorInfo {
  const Type* type;
  std::string_view text;
};

constexpr ErrorInfo kErrors[] = {
#define ERROR(id, type, text) {&type##_type, text},
#include "defs/errors.def"
#undef ERROR
};

const ErrorInfo& info(Error error) { return kErrors[static_cast<size_t>(error)]; }

Result<void> write_arg(Vm& vm, Writer& out, const ErrorArg& arg) {
  switch (arg.kind) {
    case ErrorArg::Kind::Text:
      return write_readable(vm, out, arg.text);
    case ErrorArg::Kind::Number:
      return out.write_int(vm, arg.number);
    case ErrorArg::Kind::Object:
      return print(vm, arg.value, out, PrintStyle::Str);
    case ErrorArg::Kind::TypeName:
      return out.write(vm, arg.type->name->view());
  }
  __builtin_unreachable();
}

}  // namespace

const Type& class_of(Error error) { return *info(error).type; }

Result<void> write_error(Vm& vm, Writer& out, Error error, std::initializer_list<ErrorArg> args) {
  std::string_view text = info(error).text;
  for (const ErrorArg& arg : args) {
    size_t gap = text.find("{}");
    if (gap == text.npos) break;
    TRY(out.write(vm, text.substr(0, gap)));
    TRY(write_arg(vm, out, arg));
    text.remove_prefix(gap + 2);
  }
  return out.write(vm, text);
}

}  // namespace upy
