#include "config/tls_config.h"

#include <string>
#include <vector>

namespace upyd {
namespace {

void read_file_name(ConfigSection& section, const char* key, std::string& file) {
  section.read(key, file);
  const toml::node* const node = section.find(key);
  if (node && !file.starts_with('/')) {
    section.fail(*node, std::string("'tls.") + key + "' must be the absolute path of a file");
  }
}

void read_needed_file_name(ConfigSection& section, const char* key, std::string& file) {
  read_file_name(section, key, file);
  if (file.empty()) section.fail(section.table(), std::string("[tls] needs '") + key + "'");
}

std::vector<Fingerprint> read_fingerprints(ConfigSection& section) {
  std::vector<std::string> texts;
  section.read("deny", texts);
  std::vector<Fingerprint> fingerprints;
  for (const std::string& text : texts) {
    const auto fingerprint = parse_fingerprint(text);
    if (!fingerprint) {
      section.fail(*section.find("deny"),
                   "'tls.deny' is a list of fingerprints, as openssl x509 -noout -fingerprint -sha256 "
                   "prints them; '" +
                       text + "' is none");
    }
    fingerprints.push_back(*fingerprint);
  }
  return fingerprints;
}

}  // namespace

TlsSettings parse_tls(ConfigSection section) {
  TlsSettings settings;
  read_needed_file_name(section, "cert", settings.cert);
  read_needed_file_name(section, "key", settings.key);
  read_needed_file_name(section, "client_ca", settings.client_ca);
  read_file_name(section, "crl", settings.crl);
  settings.deny = read_fingerprints(section);
  section.finish();
  return settings;
}

}  // namespace upyd
