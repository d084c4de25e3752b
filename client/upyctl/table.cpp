#include "upyctl/table.h"

#include <algorithm>
#include <utility>

#include "upyctl/text.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

constexpr size_t kGap = 2;

}  // namespace

void Table::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = cell.empty() ? "-" : upyd::escaped(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      bool last = i + 1 == row.size();
      if (!last) text.append(widths[i] - columns(row[i]) + kGap, ' ');
    }
    text += '\n';
  }
  return text;
}

}  // namespace upyctl
