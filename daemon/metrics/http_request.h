#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace upyd {

/// As much of a request in HTTP/1 as who serves one page needs to know. (RFC 9112)
struct HttpRequest {
  std::string method;
  std::string path;    ///< without the query
  std::string accept;  ///< the header; empty: none
};

/// Reads the head of a request, with the empty line at its end. Nothing: it is none.
std::optional<HttpRequest> read_http_head(std::string_view head);

/// A complete answer, after which the connection ends. `status` is "200 OK" and the like; `more` are further header
/// lines, each with its end of line. Without its body if the method is HEAD.
std::string http_answer(std::string_view method, std::string_view status, std::string_view content_type,
                        std::string_view body, std::string_view more = "");

}  // namespace upyd
