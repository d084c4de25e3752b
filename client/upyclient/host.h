#pragma once

#include <string>

#include "upyd/address.h"

namespace upyclient {

/// An upyd, and by what client and daemon prove to each other who they are, where its address is tls://. All files are
/// PEM.
struct Host {
  upyd::Address address;
  std::string ca;    ///< file of the authorities that may have issued upyd's certificate; empty: those of the system
  std::string cert;  ///< file of the client's certificate, and those between it and its authority's; empty: it has none
  std::string key;   ///< file of its private key
};

}  // namespace upyclient
