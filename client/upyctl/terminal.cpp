#include "upyctl/terminal.h"

#include <google/protobuf/util/json_util.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "upyctl/text.h"

namespace upyctl {
namespace {

enum class Layout { Lines, OneLine };

std::string to_json(const google::protobuf::Message& message, Layout layout) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = layout == Layout::Lines;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string text;
  auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  if (!status.ok()) throw std::runtime_error("the answer cannot be written as JSON: " + status.ToString());
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void wait_writable(int fd) {
  pollfd waiting{fd, POLLOUT, 0};
  poll(&waiting, 1, -1);
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EAGAIN) {
      wait_writable(fd);
    } else if (errno != EINTR) {
      throw std::system_error(errno, std::system_category(), "cannot write the output");
    }
  }
}

}  // namespace

void Terminal::out(std::string_view bytes) const { write_all(out_, bytes); }

void Terminal::err(std::string_view bytes) const try { write_all(err_, bytes); } catch (const std::system_error&) {
}

bool Terminal::shows_colors() const {
  const char* refused = std::getenv("NO_COLOR");
  return isatty(out_) && (refused == nullptr || *refused == '\0');
}

bool Terminal::out_is_terminal() const { return isatty(out_); }

bool Terminal::err_is_terminal() const { return isatty(err_); }

size_t Terminal::err_columns() const {
  winsize size{};
  return ioctl(err_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : TextSize().columns;
}

void Terminal::note(std::string_view message) const { err("upyctl: " + escaped_lines(message) + "\n"); }

void Terminal::json(const google::protobuf::Message& message) const { out(json_text(message) + "\n"); }

void Terminal::json_line(const google::protobuf::Message& message) const {
  out(to_json(message, Layout::OneLine) + "\n");
}

std::string json_text(const google::protobuf::Message& message) { return to_json(message, Layout::Lines); }

}  // namespace upyctl
