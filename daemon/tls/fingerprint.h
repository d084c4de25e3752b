#pragma once

#include <array>
#include <optional>
#include <string>

namespace upyd {

/// SHA-256 of a whole certificate.
using Fingerprint = std::array<unsigned char, 32>;

/// Reads "AB:CD:…" or "abcd…", as openssl x509 -fingerprint -sha256 prints it. Nothing: it is none.
std::optional<Fingerprint> parse_fingerprint(const std::string& text);

}  // namespace upyd
