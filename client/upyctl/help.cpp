#include "upyctl/help.h"

#include <algorithm>
#include <utility>

namespace upyctl {

std::string Help::make_usage(const CLI::App* command, std::string name) const {
  std::string usage = CLI::Formatter::make_usage(command, std::move(name));
  if (script_.empty()) return usage;
  while (usage.ends_with('\n')) usage.pop_back();
  return usage + " " + script_ + "\n";
}

std::string Help::make_option_opts(const CLI::Option* option) const {
  std::string type = option->get_type_name();
  type.resize(std::min(type.find(':'), type.size()));  // what follows describes the validators
  return option->get_type_size() == 0 || type.empty() ? "" : " " + type;
}

}  // namespace upyctl
