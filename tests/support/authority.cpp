#include "support/authority.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace test_support {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

void check(bool done) {
  if (!done) throw std::runtime_error("OpenSSL makes no certificate");
}

Key make_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

std::string text_of(const auto& write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  check(write(out.get()) == 1);
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<size_t>(length)};
}

void add_name(X509_NAME* name, const std::string& common_name) {
  check(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(common_name.data()),
                                   static_cast<int>(common_name.size()), -1, 0));
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()), X509_EXTENSION_free);
  check(extension && X509_add_ext(certificate, extension.get(), -1));
}

std::string fingerprint_of(const X509* certificate) {
  unsigned char bytes[32];
  unsigned int size = sizeof bytes;
  check(X509_digest(certificate, EVP_sha256(), bytes, &size));
  std::string text;
  for (const unsigned char byte : bytes) {
    constexpr char kHex[] = "0123456789ABCDEF";
    text += (text.empty() ? "" : ":") + std::string{kHex[byte >> 4], kHex[byte & 15]};
  }
  return text;
}

/// With a key, valid, and without extensions.
Certificate begin_certificate(const Key& key, long serial, long begin_s, long end_s) {
  const Certificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), begin_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), end_s);
  check(X509_set_pubkey(certificate.get(), key.get()));
  return certificate;
}

}  // namespace

struct Authority::Parts {
  Key key = make_key();
  Certificate certificate = begin_certificate(key, 1, -7200, 7200);
  long last_serial = 1;
};

Authority::Authority(const std::string& name) : parts_(new Parts) {
  X509* const own = parts_->certificate.get();
  add_name(X509_get_subject_name(own), name);
  X509_set_issuer_name(own, X509_get_subject_name(own));
  add_extension(own, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(own, NID_key_usage, "critical,keyCertSign,cRLSign");
  check(X509_sign(own, parts_->key.get(), EVP_sha256()) > 0);
}

Authority::~Authority() = default;

std::string Authority::cert() const {
  return text_of([&](BIO* out) { return PEM_write_bio_X509(out, parts_->certificate.get()); });
}

Authority::Issued Authority::issue(const Claims& claims) {
  const Key key = make_key();
  const long serial = ++parts_->last_serial;
  const Certificate certificate = begin_certificate(key, serial, claims.begin_s, claims.end_s);
  for (const std::string& name : claims.common_names) add_name(X509_get_subject_name(certificate.get()), name);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(parts_->certificate.get()));
  add_extension(certificate.get(), NID_ext_key_usage, claims.usage);
  if (!claims.alternative_names.empty()) {
    add_extension(certificate.get(), NID_subject_alt_name, claims.alternative_names);
  }
  check(X509_sign(certificate.get(), parts_->key.get(), EVP_sha256()) > 0);
  return {text_of([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); }), text_of([&](BIO* out) {
            return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          }),
          serial, fingerprint_of(certificate.get())};
}

std::string Authority::revoked(const std::vector<long>& serials, long end_s) const {
  const std::unique_ptr<X509_CRL, decltype(&X509_CRL_free)> list(X509_CRL_new(), X509_CRL_free);
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(parts_->certificate.get()));
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> begin(X509_gmtime_adj(nullptr, -7200), ASN1_TIME_free),
      end(X509_gmtime_adj(nullptr, end_s), ASN1_TIME_free);
  X509_CRL_set1_lastUpdate(list.get(), begin.get());
  X509_CRL_set1_nextUpdate(list.get(), end.get());
  for (const long serial : serials) {
    X509_REVOKED* const entry = X509_REVOKED_new();
    const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> number(ASN1_INTEGER_new(), ASN1_INTEGER_free);
    ASN1_INTEGER_set(number.get(), serial);
    X509_REVOKED_set_serialNumber(entry, number.get());
    X509_REVOKED_set_revocationDate(entry, begin.get());
    X509_CRL_add0_revoked(list.get(), entry);
  }
  check(X509_CRL_sign(list.get(), parts_->key.get(), EVP_sha256()) > 0);
  return text_of([&](BIO* out) { return PEM_write_bio_X509_CRL(out, list.get()); });
}

}  // namespace test_support
