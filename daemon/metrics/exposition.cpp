#include "metrics/exposition.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "system/utf8.h"

namespace upyd {
namespace {

std::string_view suffix_of(Exposition::Kind kind) {
  switch (kind) {
    case Exposition::Kind::Counter:
      return "_total";
    case Exposition::Kind::Info:
      return "_info";
    default:
      return "";
  }
}

std::string_view type_of(Exposition::Kind kind, Exposition::Format format) {
  switch (kind) {
    case Exposition::Kind::Counter:
      return "counter";
    case Exposition::Kind::Gauge:
      return "gauge";
    case Exposition::Kind::Histogram:
      return "histogram";
    case Exposition::Kind::Info:
      return format == Exposition::Format::OpenMetrics ? "info" : "gauge";
  }
  return "";
}

bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

void add_escaped(std::string& text, std::string_view value) {
  for (const char c : valid_utf8(value)) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
}

void add_label(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append("=\"");
  if (std::all_of(value.begin(), value.end(), is_plain)) {
    text.append(value);
  } else {
    add_escaped(text, value);
  }
  text += '"';
}

/// As short as it can be.
void add_number(std::string& text, double value) {
  char digits[32];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  text.append(std::begin(digits), end);
}

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Cuts off what comes before `mark`, and the mark.
std::string_view cut(std::string_view& text, char mark) {
  const size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

/// Of the parameters of a media type.
bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = cut(parameters, ';');
    if (parameter.starts_with("q=0") && parameter.find_first_of("123456789") == std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void Exposition::family(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  suffix_ = suffix_of(kind);
  // In the older format a family is called as its samples are.
  const std::string_view suffix = format_ == Format::OpenMetrics ? "" : suffix_;
  fmt::format_to(std::back_inserter(text_), "# HELP {}{} {}\n# TYPE {}{} {}\n", name, suffix, help, name, suffix,
                 type_of(kind, format_));
}

void Exposition::sample(Labels labels, double value) { write(suffix_, labels, "", value); }

void Exposition::bucket(Labels labels, std::string_view bound, uint64_t count) {
  write("_bucket", labels, bound, static_cast<double>(count));
}

void Exposition::sum(Labels labels, double sum, uint64_t count) {
  write("_sum", labels, "", sum);
  write("_count", labels, "", static_cast<double>(count));
}

void Exposition::write(std::string_view suffix, Labels labels, std::string_view bound, double value) {
  text_.append(name_).append(suffix);
  char separator = '{';
  const auto label = [&](std::string_view name, std::string_view of_label) {
    text_ += separator;
    add_label(text_, name, of_label);
    separator = ',';
  };
  for (const auto& [name, of_label] : labels) label(name, of_label);
  if (!bound.empty()) label("le", bound);
  text_ += separator == ',' ? "} " : " ";
  add_number(text_, value);
  text_ += '\n';
}

std::string Exposition::finish() {
  if (format_ == Format::OpenMetrics) text_ += "# EOF\n";
  return std::move(text_);
}

const char* Exposition::content_type(Format format) {
  return format == Format::OpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                       : "text/plain; version=0.0.4; charset=utf-8";
}

Exposition::Format Exposition::preferred(std::string_view accept) {
  while (!accept.empty()) {
    std::string_view parameters = cut(accept, ',');
    const std::string_view type = cut(parameters, ';');
    if (type == "application/openmetrics-text" && !is_refused(parameters)) return Format::OpenMetrics;
  }
  return Format::Text;
}

}  // namespace upyd
