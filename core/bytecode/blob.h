#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "bytecode/code_unit.h"
#include "bytecode/meter.h"

namespace upy {

/// The bytes of `unit`, to be stored or sent and read back by load(). Equal units give equal bytes.
std::string save(const CodeUnit& unit);

/// The unit whose bytes are `blob`, or a text that says what is wrong with them. Any bytes may be given: memory, which
/// is asked of `meter`, and time stay in proportion to their number. What comes back has the form of a unit, no more:
/// verify() must pass before it runs. A seal is not looked at. Each unit has one encoding: save(load(blob)) is `blob`
/// without its seal.
std::variant<CodeUnit, std::string> load(std::string_view blob, Meter& meter);

/// The same without limits.
inline std::variant<CodeUnit, std::string> load(std::string_view blob) {
  Meter unlimited;
  return load(blob, unlimited);
}

/// The first bytes of each blob, which are the same for all that a build makes, but for the last that tells of a seal.
inline constexpr size_t kBlobHeaderBytes = 10;
/// What is wrong with `blob` as its first bytes tell, nothing if they are those of a blob that this build reads.
std::string check_header(std::string_view blob);

/// How deep units and constant tuples nest at most, in the compiler's output and in a blob.
inline constexpr int kMaxUnitNesting = 250;

// ---- the seal: bytes at the end that tell who made the blob, for whoever can make sense of them ----

inline constexpr size_t kSealBytes = 32;

/// Whether `blob`, whose header is right, has a seal.
bool has_seal(std::string_view blob);
/// `blob`, which has none, with room for a seal of zeros at its end.
std::string with_seal(std::string blob);

}  // namespace upy
