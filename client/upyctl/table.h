#pragma once

#include <string>
#include <vector>

namespace upyctl {

/// A table of text for people: a line of headings, then the rows, columns as wide as their widest cell.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) : rows_{std::move(headings)} {}

  /// `cells` has as many entries as there are headings. An empty cell is shown as "-", others as upyd::escaped has
  /// them.
  void add(std::vector<std::string> cells);

  /// All of it, each line with a newline and no blanks before it.
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the first is the headings
};

}  // namespace upyctl
