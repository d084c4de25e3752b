#include "upyctl/file_side.h"

namespace upyctl {

std::string join(const std::string& directory, const std::string& name) {
  if (directory.empty() || directory.ends_with('/')) return directory + name;
  return directory + '/' + name;
}

std::string last_name(const std::string& path) {
  const std::string place = path.substr(0, path.find_last_not_of('/') + 1);
  const std::string name = place.substr(place.rfind('/') + 1);
  return name == "." || name == ".." ? "" : name;
}

}  // namespace upyctl
