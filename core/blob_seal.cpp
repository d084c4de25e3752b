#include "blob_seal.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>

#include <array>

#include "bytecode/blob.h"

namespace upy {

namespace {

using Seal = std::array<uint8_t, kSealBytes>;
static_assert(kSealBytes == SHA256_DIGEST_SIZE);

const uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

/// The seal of a blob that has one, genuine or not.
Seal seal_of(std::string_view blob, std::string_view key) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.size(), bytes_of(key));
  hmac_sha256_update(&context, blob.size() - kSealBytes, bytes_of(blob));
  Seal seal;
  hmac_sha256_digest(&context, seal.size(), seal.data());
  return seal;
}

}  // namespace

std::string seal(std::string blob, std::string_view key) {
  blob = with_seal(std::move(blob));
  const Seal seal = seal_of(blob, key);
  std::copy(seal.begin(), seal.end(), blob.end() - kSealBytes);
  return blob;
}

bool is_sealed(std::string_view blob, std::string_view key) {
  if (!has_seal(blob)) return false;
  const Seal seal = seal_of(blob, key);
  return memeql_sec(seal.data(), blob.data() + blob.size() - kSealBytes, kSealBytes) != 0;
}

}  // namespace upy
