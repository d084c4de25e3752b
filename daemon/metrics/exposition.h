#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace upyd {

/// Metrics as Prometheus and others read them, family by family.
///
/// Sources: OpenMetrics 1.0.0, https://github.com/OpenObservability/OpenMetrics/blob/main/specification/OpenMetrics.md,
/// and the text format that Prometheus had before, https://prometheus.io/docs/instrumenting/exposition_formats/.
class Exposition {
 public:
  enum class Format : uint8_t {
    OpenMetrics,  ///< 1.0.0
    Text,         ///< 0.0.4, which older scrapers take
  };
  enum class Kind : uint8_t { Counter, Gauge, Histogram, Info };
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  explicit Exposition(Format format) : format_(format) {}

  /// Begins a family; all its samples follow. `name` is without what the kind adds to it: "_total", "_info". `help` is
  /// one line.
  void family(std::string_view name, Kind kind, std::string_view help);
  /// Adds a sample of a counter, a gauge or an info (whose value is 1). Values of labels may be any text.
  void sample(Labels labels, double value);
  /// Adds a line of a histogram: the number of observations up to `bound` (a number, or "+Inf").
  void bucket(Labels labels, std::string_view bound, uint64_t count);
  /// Ends a histogram, after its bucket of "+Inf".
  void sum(Labels labels, double sum, uint64_t count);

  /// All of it. Nothing may be added any more.
  std::string finish();

  static const char* content_type(Format format);
  /// The format that a scraper prefers, by its Accept header; empty: it has none.
  static Format preferred(std::string_view accept);

 private:
  void write(std::string_view suffix, Labels labels, std::string_view bound, double value);

  const Format format_;
  std::string text_;
  std::string name_;         // of the family
  std::string_view suffix_;  // of its samples
};

}  // namespace upyd
