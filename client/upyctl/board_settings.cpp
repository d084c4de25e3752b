#include "upyctl/board_settings.h"

#include <cstdint>
#include <limits>

#include "upyd/settings/instance_toml.h"
#include "upyd/settings/toml_text.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

/// What a number may be upyd knows, and says.
std::pair<uint64_t, uint64_t> any_number(const std::string&) { return {0, std::numeric_limits<int64_t>::max()}; }

std::string key_of(const std::string& line) { return line.substr(0, line.find(' ')); }

/// The lines of a text, each with its newline.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = text.find('\n', begin) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

}  // namespace

std::string settings_toml(const Instance& board, Others others) {
  const std::string own = upyd::instance_toml(board.own_config());
  std::string text = std::string("enabled = ") + (board.enabled() ? "true" : "false") + "\n" + own;
  if (others == Others::Hidden) return text;
  std::set<std::string> set;
  for (const std::string& line : lines_of(own)) set.insert(key_of(line));
  for (const std::string& line :
       lines_of(upyd::instance_toml(board.config(), [&](const std::string& key) { return !set.contains(key); }))) {
    text += '#' + line;
  }
  return text;
}

UpdateInstanceRequest settings_of(const std::string& text, const std::string& name) {
  const toml::table table = upyd::parse_toml(text, name);
  upyd::ConfigSection section(table, "", name);
  UpdateInstanceRequest request;
  upyd::read_instance_config(section, any_number, *request.mutable_config());
  if (const toml::node* node = section.find("enabled")) request.set_enabled(section.boolean(*node, "enabled"));
  section.finish();
  return request;
}

}  // namespace upyctl
