#include "blob_seal.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>

#include <algorithm>
#include <array>
#include <optional>

#include "bytecode/blob.h"

namespace upy {

namespace {

using Seal = std::array<uint8_t, kSealBytes>;
static_assert(kSealBytes == SHA256_DIGEST_SIZE);

const uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

/// What the seal of a blob that has one should be. Nothing if it was abandoned.
std::optional<Seal> seal_of(std::string_view blob, std::string_view key, Meter& meter) {
  constexpr size_t kBytesPerPoll = 64u << 10;
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.size(), bytes_of(key));
  blob.remove_suffix(kSealBytes);
  for (; !blob.empty(); blob.remove_prefix(std::min(blob.size(), kBytesPerPoll))) {
    if (!meter.poll()) return std::nullopt;
    hmac_sha256_update(&context, std::min(blob.size(), kBytesPerPoll), bytes_of(blob));
  }
  Seal seal;
  hmac_sha256_digest(&context, seal.size(), seal.data());
  return seal;
}

}  // namespace

std::string seal(std::string blob, std::string_view key) {
  blob = with_seal(std::move(blob));
  Meter unlimited;
  const std::optional<Seal> seal = seal_of(blob, key, unlimited);
  std::copy(seal->begin(), seal->end(), blob.end() - kSealBytes);
  return blob;
}

bool is_sealed(std::string_view blob, std::string_view key, Meter& meter) {
  if (!has_seal(blob)) return false;
  const std::optional<Seal> seal = seal_of(blob, key, meter);
  return seal && memeql_sec(seal->data(), blob.data() + blob.size() - kSealBytes, kSealBytes) != 0;
}

}  // namespace upy
