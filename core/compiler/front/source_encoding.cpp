#include "compiler/front/source_encoding.h"

#include <algorithm>
#include <cctype>

#include "bytecode/utf8.h"

namespace upy {
namespace {

std::string_view take_line(std::string_view& text) {
  const size_t end = text.find_first_of("\r\n");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// The name behind "coding:" or "coding=" in a comment, in lower case with hyphens; empty if there is none.
std::string encoding_in(std::string_view line) {
  constexpr std::string_view kKey = "coding";
  const size_t comment = line.find_first_not_of(" \t\f");
  const size_t key = line.find(kKey);
  if (key == std::string_view::npos || line[comment] != '#') return {};
  line.remove_prefix(key + kKey.size());
  if (!line.starts_with(':') && !line.starts_with('=')) return {};
  line.remove_prefix(std::min(line.find_first_not_of(" \t", 1), line.size()));
  std::string name;
  for (const char c : line) {
    const bool is_letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (!is_letter && c != '-' && c != '_' && c != '.') break;
    name += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name;
}

/// Lines of more than that name no encoding.
constexpr size_t kLongestLine = 1024;

bool says_latin1(std::string_view source) {
  constexpr std::string_view kNames[] = {"latin-1", "latin1", "l1", "iso-8859-1", "iso8859-1"};
  source = source.substr(0, 2 * kLongestLine);
  for (int line = 0; line < 2; ++line) {
    const std::string name = encoding_in(take_line(source));
    if (!name.empty()) return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
  }
  return false;
}

constexpr size_t kPiece = 128 << 10;  // of text between two looks whether to end

/// Takes a piece off the front of `text`, which ends where a sequence does if that is UTF-8.
std::string_view take_piece(std::string_view& text) {
  size_t size = std::min(kPiece, text.size());
  for (int more = 0; more < 3 && size < text.size() && is_continuation(text[size]); ++more) ++size;
  const std::string_view piece = text.substr(0, size);
  text.remove_prefix(size);
  return piece;
}

bool is_utf8(std::string_view text, FirstError& errors) {
  while (!text.empty()) {
    if (errors.is_stopped() || !upy::is_utf8(take_piece(text))) return false;
  }
  return true;
}

void append_latin1(std::string& utf8, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) utf8 += static_cast<char>(0xc0 | byte >> 6);
    utf8 += static_cast<char>(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
  }
}

}  // namespace

std::optional<std::string> decoded_source(std::string_view source, FirstError& errors) {
  if (!says_latin1(source) || is_utf8(source, errors)) return std::nullopt;
  std::string utf8;
  utf8.reserve(source.size() + source.size() / 8);
  while (!source.empty()) {
    if (errors.is_stopped()) return std::nullopt;
    append_latin1(utf8, take_piece(source));
  }
  return utf8;
}

}  // namespace upy
