#pragma once

#include <optional>
#include <string>

#include "access/identity.h"
#include "tls/fingerprint.h"
#include "tls/openssl.h"

namespace upyd {

/// Whoever has the key of a client's certificate: by the names that its authority signed. Its subject is the common
/// name, else the first URI, else the first host. Nothing, and why, for a certificate that has none of these, or whose
/// names can be read in more than one way: several common names, or characters that no name has.
std::optional<Identity> identity_of(const X509& certificate, std::string& why);

/// "CN=alice,O=lan", for people.
std::string subject_of(const X509& certificate);

Fingerprint fingerprint_of(const X509& certificate);

}  // namespace upyd
