#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

namespace upyctl {

/// Where upyctl writes: two file descriptors, which stay the caller's. Nothing is buffered, so the bytes of a script
/// come out as and when it wrote them. Every function blocks until all is written. When that is impossible, those for
/// the standard output throw std::system_error, and what is for the error stream is lost.
class Terminal {
 public:
  Terminal(int out, int err) : out_(out), err_(err) {}

  /// Writes bytes to the standard output, or to the error stream.
  void out(std::string_view bytes) const;
  void err(std::string_view bytes) const;

  /// Whether the standard output is a terminal that shows colors; the user may refuse them by NO_COLOR.
  bool shows_colors() const;

  /// Whether the standard output, or the error stream, is a terminal.
  bool out_is_terminal() const;
  bool err_is_terminal() const;
  /// The width of the terminal that the error stream is; a usual one if it does not tell.
  size_t err_columns() const;

  /// A line of upyctl's own on the error stream: "upyctl: <message>".
  void note(std::string_view message) const;

  /// A message as protobuf's JSON: all fields, named as in the .proto file; 64-bit numbers are strings, bytes base64.
  void json(const google::protobuf::Message& message) const;
  /// The same on one line, for streams of messages.
  void json_line(const google::protobuf::Message& message) const;

 private:
  int out_;
  int err_;
};

/// What Terminal::json writes, without a newline at the end.
std::string json_text(const google::protobuf::Message& message);

}  // namespace upyctl
