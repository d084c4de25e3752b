#include "bytecode/utf8.h"

#include <cstddef>
#include <cstdint>

namespace upy {
namespace {

/// The length of the sequence that starts with `lead`, 0 if none does.
size_t sequence_length(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;  // continuation bytes, and leads of overlong forms
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/// The least second byte after `lead`, which excludes overlong forms.
uint8_t least_second(uint8_t lead) { return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80; }

/// The greatest second byte after `lead`, which excludes what is above U+10FFFF, and surrogates after `surrogate_lead`.
uint8_t greatest_second(uint8_t lead, uint8_t surrogate_lead) {
  return lead == surrogate_lead ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
}

constexpr uint8_t kSurrogateLead = 0xed;
constexpr uint8_t kNoLead = 0;

bool is_valid(std::string_view text, uint8_t surrogate_lead) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    const size_t length = sequence_length(lead);
    if (length == 0 || text.size() - i < length) return false;
    for (size_t j = 1; j < length; ++j) {
      const auto byte = static_cast<uint8_t>(text[i + j]);
      const uint8_t least = j == 1 ? least_second(lead) : 0x80;
      const uint8_t greatest = j == 1 ? greatest_second(lead, surrogate_lead) : 0xbf;
      if (byte < least || byte > greatest) return false;
    }
    i += length;
  }
  return true;
}

}  // namespace

bool is_utf8(std::string_view text) { return is_valid(text, kSurrogateLead); }

bool is_utf8_or_surrogates(std::string_view text) { return is_valid(text, kNoLead); }

}  // namespace upy
