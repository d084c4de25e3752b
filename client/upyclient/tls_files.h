#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "upyclient/host.h"

namespace upyclient {

/// The texts of a host's files.
struct TlsFiles {
  std::string ca, cert, key;
};

/// Reads them. Throws Error: one can't be read, or is not what it should be.
TlsFiles read_tls_files(const Host& host);

using TlsClient = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// A client of OpenSSL's that uses the files. Throws Error.
TlsClient make_tls_client(const Host& host);

}  // namespace upyclient
