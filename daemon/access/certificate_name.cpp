#include "access/certificate_name.h"

#include <algorithm>
#include <cstring>

#include "system/utf8.h"

namespace upyd {
namespace {

constexpr size_t kLongest = 500;

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= kLongest && std::none_of(text.begin(), text.end(), is_control) &&
         valid_utf8(text) == text;
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<std::string> canonical_certificate_name(const std::string& text) {
  for (const char* const kind : {certificate_name::kCommon, certificate_name::kDns, certificate_name::kUri}) {
    if (!text.starts_with(kind)) continue;
    std::string name = text.substr(std::strlen(kind));
    if (!is_name(name)) return std::nullopt;
    if (!text.starts_with(certificate_name::kDns)) return text;
    if (name.find('*') != std::string::npos) return std::nullopt;
    std::transform(name.begin(), name.end(), name.begin(), small);
    return kind + name;
  }
  return std::nullopt;
}

}  // namespace upyd
