#include "upyctl/top_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string_view>

#include "upyctl/instance_state.h"
#include "upyctl/units.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using upyd::v1::Instance;

/// An instance, and what it did between two samples.
struct Row {
  const Instance* instance;
  double cpu = 0;   // of one CPU
  double heap = 0;  // of its limit
  double callbacks_per_s = 0;
  double drops_per_s = 0;
};

double rate(uint64_t before, uint64_t now, double seconds) {
  return now < before ? 0 : static_cast<double>(now - before) / seconds;  // it began anew
}

Row make_row(const Instance& now, const Instance* before, double seconds) {
  constexpr double kNsPerS = 1e9;
  Row row{&now};
  row.heap = static_cast<double>(now.figures().heap_used()) /
             static_cast<double>(std::max<uint64_t>(now.config().heap_bytes(), 1));
  if (!before || seconds <= 0) return row;
  const auto& schedule = now.figures().schedule();
  const auto& schedule_before = before->figures().schedule();
  row.cpu = rate(before->cpu_ns(), now.cpu_ns(), seconds * kNsPerS);
  row.callbacks_per_s = rate(schedule_before.run(), schedule.run(), seconds);
  row.drops_per_s = rate(schedule_before.dropped(), schedule.dropped(), seconds);
  return row;
}

std::vector<Row> make_rows(const TopSample& before, const TopSample& now) {
  std::map<std::string, const Instance*> known;
  for (const Instance& instance : before.instances) known[instance.name()] = &instance;
  const double seconds = static_cast<double>(now.time_ns - before.time_ns) / 1e9;
  std::vector<Row> rows;
  for (const Instance& instance : now.instances) {
    const auto found = known.find(instance.name());
    rows.push_back(make_row(instance, found == known.end() ? nullptr : found->second, seconds));
  }
  return rows;
}

void sort(std::vector<Row>& rows, TopOrder order) {
  const auto key = [order](const Row& row) {
    switch (order) {
      case TopOrder::Cpu:
        return row.cpu;
      case TopOrder::Heap:
        return row.heap;
      case TopOrder::Callbacks:
        return row.callbacks_per_s;
      case TopOrder::Drops:
        return row.drops_per_s;
      case TopOrder::Name:
        break;
    }
    return 0.0;  // the daemon tells them by their names
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) > key(b); });
}

std::string bar(double part) {
  constexpr size_t kWidth = 10;
  const auto full = static_cast<size_t>(std::lround(std::clamp(part, 0.0, 1.0) * kWidth));
  return fmt::format("[{}{}] {:>3.0f}%", std::string(full, '#'), std::string(kWidth - full, '.'), part * 100);
}

std::string rate_text(double per_s) {
  if (per_s == 0) return "0";
  if (per_s < 10) return fmt::format("{:.1f}", per_s);
  return per_s < 10'000 ? fmt::format("{:.0f}", per_s) : fmt::format("{:.0f}k", per_s / 1000);
}

struct Column {
  const char* heading;
  size_t width;  // at least; those on the left become wider where there is more room
  enum class Side : uint8_t { Left, Right } side;
  int importance;  // what has less goes first when there is no room
  std::string (*text)(const Row& row);
};

constexpr Column::Side kLeft = Column::Side::Left, kRight = Column::Side::Right;

/// What an instance runs, or why a board does not.
std::string script_text(const Row& row) {
  if (row.instance->has_run()) return row.instance->run().file();
  const bool is_down = row.instance->state() == upyd::v1::INSTANCE_STATE_FAILED ||
                       row.instance->state() == upyd::v1::INSTANCE_STATE_WAITING;
  return is_down ? row.instance->last_failure() : "";
}

constexpr Column kColumns[] = {
    {"NAME", 16, kLeft, 9, [](const Row& row) { return row.instance->name(); }},
    {"STATE", 7, kLeft, 5, [](const Row& row) { return std::string(state_text(*row.instance)); }},
    {"CPU%", 6, kRight, 8, [](const Row& row) { return fmt::format("{:.1f}", row.cpu * 100); }},
    {"HEAP", 17, kLeft, 7, [](const Row& row) { return bar(row.heap); }},
    {"CALLS/S", 7, kRight, 6, [](const Row& row) { return rate_text(row.callbacks_per_s); }},
    {"DROPS/S", 7, kRight, 4, [](const Row& row) { return rate_text(row.drops_per_s); }},
    {"ERRORS", 6, kRight, 2,
     [](const Row& row) {
       const auto& outcomes = row.instance->outcomes();
       return std::to_string(outcomes.exception() + outcomes.refused() + row.instance->callback_errors());
     }},
    {"SCRIPT", 8, kLeft, 1, script_text},
};

/// A column, and how wide it is.
struct Placed {
  const Column* column;
  size_t width;
};

/// Those that there is room for, the most important first; then the texts on the left get what they need of the rest.
std::vector<Placed> place_columns(size_t room, const std::vector<Row>& rows) {
  std::vector<const Column*> by_importance;
  for (const Column& column : kColumns) by_importance.push_back(&column);
  std::sort(by_importance.begin(), by_importance.end(),
            [](const Column* a, const Column* b) { return a->importance > b->importance; });
  std::vector<Placed> placed;
  for (const Column* column : by_importance) {
    const size_t gap = placed.empty() ? 0 : 1;
    if (!placed.empty() && column->width + gap > room) continue;
    placed.push_back({column, column->width});
    room -= std::min(room, column->width + gap);
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.column < b.column; });
  for (auto& [column, width] : placed) {
    if (column->side == kRight) continue;
    size_t longest = width;
    for (const Row& row : rows) longest = std::max(longest, columns(upyd::escaped(column->text(row))));
    const size_t more = std::min(longest - width, room);
    width += more;
    room -= more;
  }
  return placed;
}

template <typename Text>
std::string make_line(const std::vector<Placed>& placed, size_t width, Text text_of) {
  std::string line;
  for (const auto& [column, column_width] : placed) {
    const std::string text = fitted(upyd::escaped(text_of(*column)), column_width);
    const std::string room(column_width - columns(text), ' ');
    if (!line.empty()) line += ' ';
    line += column->side == kRight ? room + text : text + room;
  }
  line.resize(line.find_last_not_of(' ') + 1);
  return fitted(line, width);
}

std::string summary(const TopSample& before, const TopSample& now) {
  const auto& status = now.status;
  const double seconds = static_cast<double>(now.time_ns - before.time_ns);
  const double cpu = seconds > 0 ? rate(before.status.cpu_ns(), status.cpu_ns(), seconds) : 0;
  return fmt::format("upyd {}: {} instances, {} running, CPU {:.1f}%, {} resident, {} threads, {} runs",
                     status.version(), status.instances(), status.running(), cpu * 100,
                     size_text(status.resident_bytes()), status.threads(), status.runs());
}

}  // namespace

const std::map<std::string, TopOrder>& top_orders() {
  static const std::map<std::string, TopOrder> orders = {{"cpu", TopOrder::Cpu},
                                                         {"heap", TopOrder::Heap},
                                                         {"calls", TopOrder::Callbacks},
                                                         {"drops", TopOrder::Drops},
                                                         {"name", TopOrder::Name}};
  return orders;
}

std::optional<TopOrder> top_order_of(char key) {
  for (const auto& [name, order] : top_orders()) {
    const bool by_its_second_letter = name == "calls";  // the first is that of cpu
    if (std::tolower(key) == name[by_its_second_letter ? 1 : 0]) return order;
  }
  return std::nullopt;
}

std::string top_picture(const TopSample& before, const TopSample& now, TopOrder order, TextSize size) {
  std::vector<Row> rows = make_rows(before, now);
  sort(rows, order);
  const auto placed = place_columns(size.columns, rows);
  std::vector<std::string> lines = {
      fitted(summary(before, now), size.columns),
      make_line(placed, size.columns, [](const Column& column) { return std::string(column.heading); })};
  for (const Row& row : rows) {
    lines.push_back(make_line(placed, size.columns, [&](const Column& column) { return column.text(row); }));
  }
  if (lines.size() > size.rows) lines.resize(size.rows);
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace upyctl
