#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tls/openssl.h"
#include "tls/tls_settings.h"

namespace upyd {

/// What upyd's end of a TLS connection has to know, as the files said when they were read. It does not change.
///
/// TLS 1.2 and later, with ciphers whose keys nobody can learn later. No session is resumed: each connection proves
/// anew who the client is, and that its certificate is not revoked.
class TlsContext {
 public:
  /// Reads and checks the files. Throws ConfigError: one can't be read or is malformed, anybody may read the key, it is
  /// not the certificate's, or the certificate is not one for servers.
  explicit TlsContext(const TlsSettings& settings);
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// What is wrong with the files, but may be right at another time: the certificate holds no more or not yet, a list
  /// of revoked ones is out of date. Clients refuse upyd then, or upyd refuses them.
  std::vector<std::string> faults_now() const;

  /// upyd's end of a connection; null: there is too little memory. When the client is refused for its certificate,
  /// `why` is told which and why; it must outlive the session.
  OpenSslPtr<SSL> accept(int socket, std::string& why) const;

  /// Why the certificate that a client has proved to have would not be taken now; nothing: it would.
  std::optional<std::string> fault_of(SSL& session) const;

 private:
  static int judge(int is_right, X509_STORE_CTX* judging);
  void read_certificate();
  void read_key();
  void read_authorities();
  void read_revoked();
  bool is_denied(const X509& certificate) const;

  const TlsSettings settings_;
  const OpenSslPtr<SSL_CTX> context_;
  std::vector<OpenSslPtr<X509_CRL>> revoked_;
};

}  // namespace upyd
