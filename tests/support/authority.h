#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace test_support {

/// An authority that issues certificates, for as long as a test needs them. All texts are PEM.
class Authority {
 public:
  /// What a certificate says. Times are seconds from now.
  struct Claims {
    std::vector<std::string> common_names;
    std::string alternative_names = "";  ///< "DNS:a.lan,URI:spiffe://lan/a", as openssl's config has it
    std::string usage = "clientAuth";    ///< or "serverAuth"
    long begin_s = -3600, end_s = 3600;
  };
  struct Issued {
    std::string cert, key;
    long serial;
    std::string fingerprint;  ///< "AB:CD:…", SHA-256
  };

  explicit Authority(const std::string& name);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  std::string cert() const;
  Issued issue(const Claims& claims);
  /// For clients, with that one name.
  Issued issue_client(const std::string& common_name) { return issue(Claims{.common_names = {common_name}}); }
  /// For a server on loopback.
  Issued issue_server(long begin_s = -3600, long end_s = 3600) {
    return issue({{"upyd"}, "DNS:localhost,IP:127.0.0.1", "serverAuth", begin_s, end_s});
  }
  /// The list of certificates that are revoked, by their serial numbers.
  std::string revoked(const std::vector<long>& serials, long end_s = 3600) const;

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace test_support
