#pragma once

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// The natives whose work grows with data: stop_table.py, taken apart. A row is what stands there behind a comment
/// `# covers: NAMES`, up to the next one; what comes before the first one is put in front of each. The comments
/// `# constant: NAMES` have the others.
struct StopTable {
  std::string prelude;
  struct Row {
    std::string names, source;
  };
  std::vector<Row> rows;
  std::set<std::string> constant;  ///< one native each, or all of `module.*`

  StopTable() {
    constexpr std::string_view kCovers = "# covers: ", kConstant = "# constant: ";
    std::ifstream file(std::string(UPY_TESTS_DIR) + "/limits/stop_table.py");
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(kCovers)) {
        rows.push_back({line.substr(kCovers.size()), ""});
      } else if (line.starts_with(kConstant)) {
        std::istringstream names(line.substr(kConstant.size()));
        for (std::string name; names >> name;) constant.insert(name);
      } else {
        (rows.empty() ? prelude : rows.back().source) += line + "\n";
      }
    }
  }
};
