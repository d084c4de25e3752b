#include "mip/manifest.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <set>

namespace mip {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

constexpr size_t kHashDirectory = 2;  // digits of a hash that name the index's directory

using Pair = std::pair<std::string, std::string>;

/// Deeper than any package needs: what reads JSON takes ever longer for each level.
bool is_nested_deeply(const std::string& json) {
  constexpr int kMostLevels = 32;
  int level = 0;
  bool in_text = false;
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_text = !in_text;
    } else if (!in_text && (c == '[' || c == '{')) {
      if (++level > kMostLevels) return true;
    } else if (!in_text && (c == ']' || c == '}')) {
      --level;
    }
  }
  return false;
}

class Reader {
 public:
  Reader(const std::string& text, const std::string& location) : location_(location) {
    if (is_nested_deeply(text)) fail("is nested too deeply");
    if (!google::protobuf::util::JsonStringToMessage(text, &package_).ok()) fail("is not a JSON object");
  }

  /// The pairs of texts in the list of that name; none if there is no such list.
  std::vector<Pair> pairs(const std::string& name) const {
    const auto field = package_.fields().find(name);
    if (field == package_.fields().end() || field->second.has_null_value()) return {};
    if (!field->second.has_list_value()) fail("has '" + name + "' which is not a list");
    std::vector<Pair> pairs;
    for (const Value& entry : field->second.list_value().values()) pairs.push_back(pair(entry, name));
    return pairs;
  }

  [[noreturn]] void fail(const std::string& what) const { throw PackageError("'" + location_ + "' " + what); }

 private:
  Pair pair(const Value& entry, const std::string& name) const {
    const auto& parts = entry.list_value().values();
    if (parts.size() != 2 || !parts[0].has_string_value() || !parts[1].has_string_value())
      fail("has an entry in '" + name + "' which is not a list of two texts");
    return {parts[0].string_value(), parts[1].string_value()};
  }

  const std::string& location_;
  Struct package_;
};

bool is_local(const std::string& package) {
  return !is_url(package) &&
         (package.find('/') != std::string::npos || package.ends_with(".json") || package.ends_with(".py"));
}

bool is_hash(const std::string& text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() > kHashDirectory && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::string checked_path(const std::string& path, const std::string& owner) {
  bool is_good = !path.empty() && path.find('\0') == std::string::npos;
  for (size_t start = 0; is_good && start <= path.size();) {
    const size_t end = std::min(path.find('/', start), path.size());
    const std::string part = path.substr(start, end - start);
    is_good = !part.empty() && part != "." && part != "..";
    start = end + 1;
  }
  if (!is_good)
    throw PackageError("'" + owner + "' has a file for '" + path.c_str() + "', which is no path below the target");
  return path;
}

/// That each file can be where it is to be.
void check_places(const std::vector<PackageFile>& files, const std::string& owner) {
  std::set<std::string> paths;
  for (const PackageFile& file : files) {
    if (!paths.insert(file.path).second) throw PackageError("'" + owner + "' has two files for '" + file.path + "'");
  }
  for (const std::string& path : paths) {
    for (size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
      const std::string directory = path.substr(0, slash);
      if (!paths.contains(directory)) continue;
      throw PackageError("'" + owner + "' has a file for '" + directory + "', and others below that");
    }
  }
}

Manifest parse_manifest(const std::string& text, const std::string& location, const std::string& version,
                        const std::string& index) {
  const Reader package(text, location);
  Manifest manifest;
  for (const auto& [path, hash] : package.pairs("hashes")) {
    if (!is_hash(hash)) package.fail("has '" + hash + "' for a hash");
    manifest.files.push_back(
        {checked_path(path, location), index + "/file/" + hash.substr(0, kHashDirectory) + "/" + hash, "", hash});
  }
  for (const auto& [path, url] : package.pairs("urls"))
    manifest.files.push_back({checked_path(path, location), beside(location, url), version, ""});
  check_places(manifest.files, location);
  for (const auto& [name, wanted] : package.pairs("deps")) {
    if (is_url(location) && is_local(name)) package.fail("depends on '" + name + "', a file of this machine");
    manifest.dependencies.push_back({name, wanted});
  }
  return manifest;
}

}  // namespace mip
