#include "upyclient/tls_files.h"

#include <openssl/err.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "upyclient/error.h"

namespace upyclient {
namespace {

constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

[[noreturn]] void fail(const std::string& what, const std::string& file, const std::string& why) {
  throw Error(grpc::StatusCode::INVALID_ARGUMENT, what + " '" + file + "' " + why);
}

std::string read(const std::string& what, const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) fail(what, file, std::string("can't be read: ") + std::strerror(errno));
  return text.str();
}

std::string ca_of(const Host& host) { return host.ca.empty() ? kSystemAuthorities : host.ca; }

/// Nobody is asked for one.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

TlsFiles read_tls_files(const Host& host) {
  make_tls_client(host);  // says what is wrong with them
  TlsFiles files{.ca = read("the authority", ca_of(host)), .cert = "", .key = ""};
  if (!host.cert.empty()) files.cert = read("the certificate", host.cert);
  if (!host.key.empty()) files.key = read("the key", host.key);
  return files;
}

TlsClient make_tls_client(const Host& host) {
  TlsClient client(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX* const context = client.get();
  if (host.cert.empty() != host.key.empty()) {
    throw Error(grpc::StatusCode::INVALID_ARGUMENT, "a certificate goes with its key: give both, or none");
  }
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  read("the authority", ca_of(host));
  if (SSL_CTX_load_verify_file(context, ca_of(host).c_str()) != 1) {
    fail("the authority", ca_of(host), "holds no certificate in PEM form");
  }
  if (host.cert.empty()) return client;
  read("the certificate", host.cert);
  if (SSL_CTX_use_certificate_chain_file(context, host.cert.c_str()) != 1) {
    fail("the certificate", host.cert, "holds no certificate in PEM form");
  }
  read("the key", host.key);
  ERR_clear_error();
  if (SSL_CTX_use_PrivateKey_file(context, host.key.c_str(), SSL_FILETYPE_PEM) == 1) return client;
  const bool is_other = ERR_GET_LIB(ERR_peek_error()) == ERR_LIB_X509;
  fail("the key", host.key,
       is_other ? "is not the one of '" + host.cert + "'" : "holds no private key in PEM form without a passphrase");
}

}  // namespace upyclient
