#include "modules/registry.h"

#include "modules/modules.h"
#include "objects/runtime/str.h"

namespace upy {

namespace {

constexpr RegisteredModule kModules[] = {
    {&array_module, Override::ByFile},    {&asyncio_module, Override::ByFile},
    {&binascii_module, Override::ByFile}, {&builtins_module, Override::Never},
    {&cmath_module, Override::Never},     {&collections_module, Override::ByFile},
    {&errno_module, Override::ByFile},    {&framebuf_module, Override::Never},
    {&gc_module, Override::Never},        {&hashlib_module, Override::ByFile},
    {&heapq_module, Override::ByFile},    {&io_module, Override::ByFile},
    {&json_module, Override::ByFile},     {&machine_module, Override::ByFile},
    {&math_module, Override::Never},      {&micropython_module, Override::Never},
    {&os_module, Override::ByFile},       {&platform_module, Override::ByFile},
    {&random_module, Override::ByFile},   {&re_module, Override::ByFile},
    {&select_module, Override::ByFile},   {&struct_module, Override::ByFile},
    {&sys_module, Override::Never},       {&time_module, Override::ByFile},
    {&uctypes_module, Override::Never},   {&vfs_module, Override::Never},
};

}  // namespace

std::span<const RegisteredModule> native_modules() { return kModules; }

const RegisteredModule* find_native_module(std::string_view name) {
  for (const RegisteredModule& registered : kModules) {
    std::string_view own = registered.module->name->view();
    bool alias = registered.override == Override::ByFile && name.starts_with('u') && name.substr(1) == own;
    if (name == own || alias || (name == "usys" && own == "sys")) return &registered;
  }
  return nullptr;
}

}  // namespace upy
