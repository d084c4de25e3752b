#pragma once

#include <optional>
#include <string>

namespace upyd {

/// How rules, owners and logs call whoever has a certificate, by what its authority signed:
///
///   certificate:alice     the common name of its subject
///   dns:panel.lan         an alternative name that is a host's, in small letters
///   uri:spiffe://lan/ci   an alternative name that is a URI
///
/// Names are compared as a whole. There are no patterns: a certificate for *.lan proves no name.
namespace certificate_name {
inline constexpr const char* kCommon = "certificate:";
inline constexpr const char* kDns = "dns:";
inline constexpr const char* kUri = "uri:";
}  // namespace certificate_name

/// Such a name as it is compared. Nothing: it has none of these forms, or what follows is no name: it is empty, longer
/// than 500 bytes, no UTF-8, has control characters, or a wildcard where it is a host's.
std::optional<std::string> canonical_certificate_name(const std::string& text);

}  // namespace upyd
