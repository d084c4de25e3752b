#include "rpc/line_holders.h"

#include <algorithm>
#include <string>
#include <vector>

namespace upyd {
namespace {

constexpr const char* kHidden = "?";  // no instance has such a name

}  // namespace

void hide_holders(const Access& access, v1::Line& line) {
  const auto is_hidden = [&](const std::string& instance) { return !access.sees(instance); };
  if (!line.writer().empty() && is_hidden(line.writer())) line.set_writer(kHidden);
  std::vector<std::string> readers(line.readers().begin(), line.readers().end());
  if (std::erase_if(readers, is_hidden) > 0) readers.insert(readers.begin(), kHidden);
  line.mutable_readers()->Assign(readers.begin(), readers.end());
}

}  // namespace upyd
