#include <nettle/nettle-meta.h>

#include "modules/modules.h"
#include "objects/model/buffer.h"
#include "objects/model/native_function.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/bytes.h"

/// hashlib: md5, sha1 and sha256, by Nettle, whose contexts are plain data that lies in the hash objects.
namespace upy {
namespace {

/// A hash under way. What Nettle keeps of it lies behind the object.
struct Hash : Object {
  const nettle_hash* algorithm;
  bool is_final;  ///< digest() was called
  void* context() { return this + 1; }
};

Result<void> update(Vm& vm, Hash* self, Value data) {
  if (self->is_final) return vm.raise(Error::hash_final);
  return for_each_piece(vm, data, [&](std::string_view piece) -> Result<void> {
    self->algorithm->update(self->context(), piece.size(), reinterpret_cast<const uint8_t*>(piece.data()));
    return {};
  });
}

/// md5([data]) and the like.
template <const nettle_hash& algorithm>
Result<Value> construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  auto* self = TRY(vm.allocate<Hash>(*type, sizeof(Hash) + algorithm.context_size));
  self->algorithm = &algorithm;
  self->is_final = false;
  algorithm.init(self->context());
  if (args.size()) TRY(update(vm, self, args[0]));
  return self;
}

Hash* self_of(Args args) { return static_cast<Hash*>(args[0].as_object()); }

/// update(data).
Result<Value> hash_update(Vm& vm, Args args) {
  TRY(update(vm, self_of(args), args[1]));
  return Value::none();
}

/// digest(): once; the hash takes nothing more then.
Result<Value> hash_digest(Vm& vm, Args args) {
  Hash* self = self_of(args);
  if (self->is_final) return vm.raise(Error::hash_final);
  Bytes* digest = TRY(Bytes::make_raw(vm, self->algorithm->digest_size));
  self->algorithm->digest(self->context(), digest->size, reinterpret_cast<uint8_t*>(digest->data()));
  self->is_final = true;
  return digest;
}

constexpr Member kHashMembers[] = {
    {"digest"_n, native<hash_digest, 1>},
    {"update"_n, native<hash_update, 2>},
};

constexpr Type::Spec spec(const Str* name, Result<Value> (*construct)(Vm&, const Type*, Args)) {
  return {.name = name,
          .kind = &plain_kind,
          .members = kHashMembers,
          .flags = Type::kHashByAddress,
          .slots = {.construct = construct}};
}

constinit const Type md5_type{spec("md5"_n, construct<nettle_md5>)};
constinit const Type sha1_type{spec("sha1"_n, construct<nettle_sha1>)};
constinit const Type sha256_type{spec("sha256"_n, construct<nettle_sha256>)};

constexpr Member kMembers[] = {
    {"__name__"_n, Value("hashlib"_n)},
    {"md5"_n, Value(&md5_type)},
    {"sha1"_n, Value(&sha1_type)},
    {"sha256"_n, Value(&sha256_type)},
};

}  // namespace

constinit const NativeModule hashlib_module{"hashlib"_n, kMembers};

}  // namespace upy
