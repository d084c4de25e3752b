#include "tls/certificate.h"

#include <algorithm>
#include <vector>

#include "access/certificate_name.h"

namespace upyd {
namespace {

/// As UTF-8, with whatever characters it has.
std::string text_of(const ASN1_STRING& string) {
  unsigned char* bytes = nullptr;
  const int length = ASN1_STRING_to_UTF8(&bytes, &string);
  if (length < 0) return {};
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
  OPENSSL_free(bytes);
  return text;
}

std::vector<std::string> common_names(const X509& certificate) {
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  std::vector<std::string> names;
  for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0;) {
    const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    names.push_back(certificate_name::kCommon + text_of(*value));
  }
  return names;
}

std::vector<std::string> alternative_names(const X509& certificate, int type, const char* kind) {
  const OpenSslPtr<GENERAL_NAMES> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(all.get(), i);
    if (name->type == type) names.push_back(kind + text_of(*name->d.ia5));
  }
  return names;
}

}  // namespace

std::optional<Identity> identity_of(const X509& certificate, std::string& why) {
  const std::vector<std::string> common = common_names(certificate);
  if (common.size() > 1) {
    why = "it has several common names";
    return std::nullopt;
  }
  std::vector<std::string> names = common;
  for (const auto& [type, kind] : {std::pair(GEN_URI, certificate_name::kUri), {GEN_DNS, certificate_name::kDns}}) {
    for (std::string& name : alternative_names(certificate, type, kind)) {
      if (kind != certificate_name::kDns || name.find('*') == std::string::npos) names.push_back(std::move(name));
    }
  }
  if (names.empty()) {
    why = "it has neither a common name nor an alternative name that is a host's or a URI";
    return std::nullopt;
  }
  for (std::string& name : names) {
    auto canonical = canonical_certificate_name(name);
    if (!canonical) {
      why = "it has a name that is empty, too long or has characters that no name has";
      return std::nullopt;
    }
    name = std::move(*canonical);
  }
  Identity identity{.kind = Identity::Kind::Certificate, .subject = names.front(), .names = std::move(names)};
  std::sort(identity.names.begin(), identity.names.end());
  return identity;
}

std::string subject_of(const X509& certificate) {
  const OpenSslPtr<BIO> out(BIO_new(BIO_s_mem()));
  if (!out) return {};
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<size_t>(length)};
}

Fingerprint fingerprint_of(const X509& certificate) {
  Fingerprint fingerprint{};
  unsigned int size = fingerprint.size();
  X509_digest(&certificate, EVP_sha256(), fingerprint.data(), &size);
  return fingerprint;
}

}  // namespace upyd
