#include "tls/tls_context.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <algorithm>
#include <new>
#include <string_view>

#include "system/small_file.h"
#include "tls/certificate.h"
#include "upyd/settings/config_section.h"

namespace upyd {
namespace {

constexpr size_t kLongestFile = 16u << 20;

/// The settings have names of their own in the config.
[[noreturn]] void fail(const char* setting, const std::string& file, const std::string& why) {
  throw ConfigError(std::string("'tls.") + setting + "': '" + file + "' " + why);
}

std::string last_error() {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason ? reason : "no reason is known";
}

std::string read_file(const char* setting, const std::string& file) {
  std::string text;
  if (const auto error = read_small_file(AT_FDCWD, file, LastLink::Follow, kLongestFile, text)) {
    fail(setting, file, "can't be read: " + why_unreadable(error));
  }
  return text;
}

OpenSslPtr<BIO> reader_of(const std::string& text) {
  OpenSslPtr<BIO> reader(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (!reader) throw std::bad_alloc();
  return reader;
}

/// Nobody can be asked for one.
int no_passphrase(char*, int, int, void*) { return -1; }

/// All objects of a kind that a file has, at least one; `what` names the kind.
template <typename Object>
std::vector<OpenSslPtr<Object>> read_all(const char* setting, const std::string& file,
                                         Object* (*read)(BIO*, Object**, pem_password_cb*, void*), const char* what) {
  const std::string text = read_file(setting, file);
  const auto reader = reader_of(text);
  std::vector<OpenSslPtr<Object>> all;
  ERR_clear_error();
  while (auto* const object = read(reader.get(), nullptr, no_passphrase, nullptr)) all.emplace_back(object);
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
    fail(setting, file, "is malformed: " + last_error());
  if (all.empty()) fail(setting, file, std::string("holds no ") + what + " in PEM form");
  return all;
}

/// HTTP/2, as gRPC wants to hear.
int select_protocol(SSL*, const unsigned char** selected, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char kProtocol[] = {2, 'h', '2'};
  unsigned char* found = nullptr;
  const int result = SSL_select_next_proto(&found, size, kProtocol, sizeof kProtocol, offered, offered_size);
  *selected = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// Of a store, the TlsContext that it belongs to.
int index_of_owner() {
  static const int kIndex = X509_STORE_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return kIndex;
}

/// Who wants to know why a certificate is refused: whoever makes a connection, or looks at one again.
std::string* listener_of(X509_STORE_CTX* judging) {
  auto* const session = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(judging, SSL_get_ex_data_X509_STORE_CTX_idx()));
  return static_cast<std::string*>(session ? SSL_get_app_data(session) : X509_STORE_CTX_get_app_data(judging));
}

int refuse(X509_STORE_CTX* judging, const X509* certificate, int error, const std::string& why) {
  X509_STORE_CTX_set_error(judging, error);
  if (std::string* const listener = listener_of(judging)) {
    *listener = "the certificate of '" + (certificate ? subject_of(*certificate) : "") + "': " + why;
  }
  return 0;
}

/// That list of the authority which is trusted as it is: nobody revokes that one.
bool is_of_anchor(X509_STORE_CTX* judging) {
  return X509_STORE_CTX_get_error_depth(judging) == sk_X509_num(X509_STORE_CTX_get0_chain(judging)) - 1;
}

bool is_past(const ASN1_TIME* time) { return time && X509_cmp_current_time(time) < 0; }

std::string text_of(const ASN1_TIME* time) {
  const OpenSslPtr<BIO> out(BIO_new(BIO_s_mem()));
  if (!out || !ASN1_TIME_print(out.get(), time)) return "";
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<size_t>(length)};
}

}  // namespace

TlsContext::TlsContext(const TlsSettings& settings) : settings_(settings), context_(SSL_CTX_new(TLS_server_method())) {
  if (!context_) throw std::bad_alloc();
  SSL_CTX* const context = context_.get();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, judge);
  X509_STORE_set_ex_data(SSL_CTX_get_cert_store(context), index_of_owner(), this);
  read_certificate();
  read_key();
  read_authorities();
  if (!settings_.crl.empty()) read_revoked();
}

void TlsContext::read_certificate() {
  auto chain = read_all<X509>("cert", settings_.cert, PEM_read_bio_X509, "certificate");
  X509* const own = chain.front().get();
  if (X509_check_purpose(own, X509_PURPOSE_SSL_SERVER, 0) != 1) {
    fail("cert", settings_.cert, "is not for servers, by its key usage: issue it with extendedKeyUsage = serverAuth");
  }
  if (SSL_CTX_use_certificate(context_.get(), own) != 1) fail("cert", settings_.cert, "can't be used: " + last_error());
  for (size_t i = 1; i < chain.size(); ++i) SSL_CTX_add1_chain_cert(context_.get(), chain[i].get());
}

void TlsContext::read_key() {
  const std::string text = read_file("key", settings_.key);
  const OpenSslPtr<EVP_PKEY> key(PEM_read_bio_PrivateKey(reader_of(text).get(), nullptr, no_passphrase, nullptr));
  if (!key) fail("key", settings_.key, "holds no private key in PEM form without a passphrase");
  struct stat about {};
  if (stat(settings_.key.c_str(), &about) == 0 && (about.st_mode & S_IRWXO) != 0) {
    fail("key", settings_.key, "may be read by every user: chmod o= " + settings_.key);
  }
  if (SSL_CTX_use_PrivateKey(context_.get(), key.get()) != 1) {
    fail("key", settings_.key, "is not the key of the certificate in '" + settings_.cert + "'");
  }
}

/// Whoever is named there is trusted, whether somebody else has signed it or not.
void TlsContext::read_authorities() {
  X509_STORE* const store = SSL_CTX_get_cert_store(context_.get());
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  for (const auto& authority : read_all<X509>("client_ca", settings_.client_ca, PEM_read_bio_X509, "certificate")) {
    X509_STORE_add_cert(store, authority.get());
    SSL_CTX_add_client_CA(context_.get(), authority.get());
  }
}

void TlsContext::read_revoked() {
  X509_STORE* const store = SSL_CTX_get_cert_store(context_.get());
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  revoked_ = read_all<X509_CRL>("crl", settings_.crl, PEM_read_bio_X509_CRL, "list of revoked certificates");
  for (const auto& list : revoked_) X509_STORE_add_crl(store, list.get());
}

bool TlsContext::is_denied(const X509& certificate) const {
  return std::find(settings_.deny.begin(), settings_.deny.end(), fingerprint_of(certificate)) != settings_.deny.end();
}

/// OpenSSL asks for each certificate from the authority's to the client's, and for each fault it finds.
int TlsContext::judge(int is_right, X509_STORE_CTX* judging) {
  const auto& self =
      *static_cast<const TlsContext*>(X509_STORE_get_ex_data(X509_STORE_CTX_get0_store(judging), index_of_owner()));
  const X509* const certificate = X509_STORE_CTX_get_current_cert(judging);
  const int error = X509_STORE_CTX_get_error(judging);
  if (!is_right) {
    if (error == X509_V_ERR_UNABLE_TO_GET_CRL && is_of_anchor(judging)) return 1;
    return refuse(judging, certificate, error, X509_verify_cert_error_string(error));
  }
  if (self.is_denied(*certificate)) return refuse(judging, certificate, X509_V_ERR_CERT_REVOKED, "tls.deny names it");
  std::string why;
  if (X509_STORE_CTX_get_error_depth(judging) > 0 || identity_of(*certificate, why)) return 1;
  return refuse(judging, certificate, X509_V_ERR_APPLICATION_VERIFICATION, why);
}

std::vector<std::string> TlsContext::faults_now() const {
  std::vector<std::string> faults;
  const X509* const own = SSL_CTX_get0_certificate(context_.get());
  if (is_past(X509_get0_notAfter(own))) {
    faults.push_back("'tls.cert': '" + settings_.cert + "' has expired on " + text_of(X509_get0_notAfter(own)));
  }
  if (!is_past(X509_get0_notBefore(own))) {
    faults.push_back("'tls.cert': '" + settings_.cert + "' does not hold before " + text_of(X509_get0_notBefore(own)) +
                     "; is the clock right?");
  }
  for (const auto& list : revoked_) {
    const ASN1_TIME* const end = X509_CRL_get0_nextUpdate(list.get());
    if (!is_past(end)) continue;
    faults.push_back("'tls.crl': '" + settings_.crl + "' is out of date since " + text_of(end) +
                     ": whom it is about is refused");
  }
  return faults;
}

OpenSslPtr<SSL> TlsContext::accept(int socket, std::string& why) const {
  OpenSslPtr<SSL> session(SSL_new(context_.get()));
  if (!session || SSL_set_fd(session.get(), socket) != 1) return nullptr;
  SSL_set_app_data(session.get(), &why);
  SSL_set_accept_state(session.get());
  return session;
}

std::optional<std::string> TlsContext::fault_of(SSL& session) const {
  const OpenSslPtr<X509_STORE_CTX> judging(X509_STORE_CTX_new());
  std::string why = "there is too little memory to look at it";
  if (!judging || X509_STORE_CTX_init(judging.get(), SSL_CTX_get_cert_store(context_.get()),
                                      SSL_get0_peer_certificate(&session), SSL_get_peer_cert_chain(&session)) != 1) {
    return why;
  }
  X509_STORE_CTX_set_default(judging.get(), "ssl_client");
  X509_STORE_CTX_set_app_data(judging.get(), &why);
  X509_STORE_CTX_set_verify_cb(judging.get(), judge);
  if (X509_verify_cert(judging.get()) == 1) return std::nullopt;
  return why;
}

}  // namespace upyd
