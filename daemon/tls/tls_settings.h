#pragma once

#include <string>
#include <vector>

#include "tls/fingerprint.h"

namespace upyd {

/// Whom upyd is for clients that come by TLS, and whom it takes for whom: the section [tls] of the config. All files
/// are PEM.
struct TlsSettings {
  std::string cert;               ///< file of upyd's certificate, behind it those between it and its authority's
  std::string key;                ///< file of its private key
  std::string client_ca;          ///< file of the authorities whose certificates prove who a client is
  std::string crl;                ///< file of what these have revoked; empty: nobody looks
  std::vector<Fingerprint> deny;  ///< certificates that prove nothing, nor those that they have signed
};

}  // namespace upyd
