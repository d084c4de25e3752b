#include <gnu/libc-version.h>
#include <sys/utsname.h>

#include "modules/modules.h"
#include "modules/sys.h"
#include "objects/containers/tuple.h"
#include "objects/model/native_function.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// platform: what the interpreter was made with and runs on.
namespace upy {
namespace {

#ifdef __clang__
constexpr std::string_view kCompiler = "Clang " __clang_version__;
#else
constexpr std::string_view kCompiler = "GCC " __VERSION__;
#endif
constexpr std::string_view kLibrary = "glibc";

/// platform(): system-version-machine--with-library. Arguments are taken and ignored.
Result<Value> platform_platform(Vm& vm, Args) {
  utsname system{};
  if (uname(&system) < 0) return vm.raise_os_error(errno);
  StrBuilder out;
  for (const std::string_view part : {std::string_view(system.sysname), std::string_view("-"), kVersion->view(),
                                      std::string_view("-"), std::string_view(system.machine),
                                      std::string_view("--with-"), kLibrary, std::string_view(gnu_get_libc_version())})
    TRY(out.write(vm, part));
  return TRY(out.to_str(vm));
}

/// python_compiler().
Result<Value> platform_python_compiler(Vm& vm, Args) { return TRY(Str::make(vm, kCompiler)); }

/// libc_ver(): (library, version). Arguments are taken and ignored.
Result<Value> platform_libc_ver(Vm& vm, Args) {
  const Value fields[] = {TRY(Str::make(vm, kLibrary)), TRY(Str::make(vm, gnu_get_libc_version()))};
  return TRY(Tuple::make(vm, fields));
}

constexpr uint8_t kAny = NativeFunction::kAny, kKeywords = NativeFunction::kKeywords;

constexpr Member kMembers[] = {
    {"__name__"_n, Value("platform"_n)},
    {"libc_ver"_n, native<platform_libc_ver, 0, kAny, kKeywords>},
    {"platform"_n, native<platform_platform, 0, kAny, kKeywords>},
    {"python_compiler"_n, native<platform_python_compiler, 0>},
};

}  // namespace

constinit const NativeModule platform_module{"platform"_n, kMembers};

}  // namespace upy
