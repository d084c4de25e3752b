#include "objects/model/receiver_watch.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "objects/runtime/str.h"

namespace upy {

void ReceiverWatch::check(const NativeFunction* native, Args args) const {
  const auto found = owners_.find(native);
  if (found == owners_.end() || args.positional == 0) return;
  const Type* type = type_of(args[0]);
  if (std::any_of(found->second.begin(), found->second.end(), [=](auto* owner) { return is_subtype(type, owner); }))
    return;
  const std::string_view wanted = (*found->second.begin())->name->view(), given = type->name->view();
  std::fprintf(stderr, "Assertion failed: a method of '%.*s' was called with a '%.*s' as its receiver\n",
               static_cast<int>(wanted.size()), wanted.data(), static_cast<int>(given.size()), given.data());
  std::abort();
}

}  // namespace upy
