
#include "objects/strings/array.h"
#include "modules/modules.h"
#include "objects/runtime/str.h"

namespace upy {
namespace {

constexpr Member kMembers[] = {
    {"__name__"_n, Value("array"_n)},
    {"array"_n, Value(&array_type)},
};

}  // namespace

constinit const NativeModule array_module{"array"_n, kMembers};

}  // namespace upy
