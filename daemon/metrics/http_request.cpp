#include "metrics/http_request.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>

namespace upyd {
namespace {

constexpr std::string_view kEndOfLine = "\r\n";

std::string_view next_line(std::string_view& head) {
  const size_t end = std::min(head.find(kEndOfLine), head.size());
  const std::string_view line = head.substr(0, end);
  head.remove_prefix(std::min(end + kEndOfLine.size(), head.size()));
  return line;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 0x7F; });
}

bool is_same(std::string_view name, std::string_view other) {
  return name.size() == other.size() && strncasecmp(name.data(), other.data(), name.size()) == 0;
}

}  // namespace

std::optional<HttpRequest> read_http_head(std::string_view head) {
  const std::string_view first = next_line(head);
  const size_t before_target = first.find(' '), before_version = first.rfind(' ');
  if (before_target == std::string_view::npos || before_version == before_target) return std::nullopt;
  const std::string_view method = first.substr(0, before_target);
  const std::string_view target = first.substr(before_target + 1, before_version - before_target - 1);
  if (!is_token(method) || !is_token(target) || !first.substr(before_version + 1).starts_with("HTTP/1.")) {
    return std::nullopt;
  }
  HttpRequest request{.method = std::string(method), .path = std::string(target.substr(0, target.find('?')))};
  for (std::string_view line = next_line(head); !line.empty(); line = next_line(head)) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    if (!is_same(line.substr(0, colon), "Accept")) continue;
    if (!request.accept.empty()) request.accept += ',';
    request.accept += line.substr(colon + 1);
  }
  return request;
}

std::string http_answer(std::string_view method, std::string_view status, std::string_view content_type,
                        std::string_view body, std::string_view more) {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n{}", status,
                     content_type, body.size(), more, method == "HEAD" ? "" : body);
}

}  // namespace upyd
