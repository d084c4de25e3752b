#include "upyctl/modules.h"

#include <cctype>
#include <filesystem>
#include <set>
#include <string_view>
#include <vector>

#include "upyctl/files.h"

namespace upyctl {
namespace {

namespace fs = std::filesystem;
using upyd::v1::Module;
using Modules = google::protobuf::RepeatedPtrField<Module>;

constexpr const char* kEnding = ".py";
/// A directory with more is no package that a script imports, but something larger of the same name.
constexpr int kMostModules = 1000;

bool is_name_character(char c) { return c == '_' || (c & 0x80) || std::isalnum(static_cast<unsigned char>(c)); }

/// The text as names, single other characters, and ends of lines. What is in strings and comments is no less a token:
/// a name too many costs nothing.
std::vector<std::string_view> tokens_of(std::string_view source) {
  std::vector<std::string_view> tokens;
  for (size_t i = 0; i < source.size();) {
    size_t end = i + 1;
    if (is_name_character(source[i])) {
      while (end < source.size() && is_name_character(source[end])) end++;
    }
    const bool is_blank = source[i] == ' ' || source[i] == '\t' || source[i] == '\r';
    if (!is_blank) tokens.push_back(source.substr(i, end - i));
    i = end;
  }
  return tokens;
}

/// The first part of each name after `import`, and of the one after `from`.
std::set<std::string> imported_names(std::string_view source) {
  const std::vector<std::string_view> tokens = tokens_of(source);
  std::set<std::string> names;
  for (size_t i = 0; i + 1 < tokens.size(); i++) {
    if (tokens[i] == "from") names.emplace(tokens[i + 1]);
    if (tokens[i] != "import") continue;
    bool begins = true;
    for (size_t at = i + 1; at < tokens.size() && tokens[at] != "\n" && tokens[at] != ";"; at++) {
      if (begins) names.emplace(tokens[at]);
      begins = tokens[at] == ",";
    }
  }
  return names;
}

class Collection {
 public:
  Collection(fs::path directory, size_t most_bytes) : directory_(std::move(directory)), bytes_left_(most_bytes) {}

  void add_imported(std::string_view source) {
    for (const std::string& name : imported_names(source)) add(name);
  }
  Modules take() { return std::move(modules_); }

 private:
  void add(const std::string& name) {
    if (!is_name_character(name.front()) || !seen_.insert(name).second) return;
    const fs::path path = directory_ / name;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      add_package(path);
    } else if (fs::is_regular_file(path.string() + kEnding, ignored)) {
      add_file(path.string() + kEnding);
    }
  }

  void add_package(const fs::path& path) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
      if (entry->path().extension() == kEnding && entry->is_regular_file()) add_file(entry->path());
    }
    if (error) throw FileError("cannot read the package '" + path.string() + "': " + error.message());
  }

  void add_file(const fs::path& path) {
    if (modules_.size() == kMostModules) {
      throw FileError("the script imports more than " + std::to_string(kMostModules) + " modules of '" +
                      (directory_.empty() ? "." : directory_.string()) + "'");
    }
    std::string source = read_file(path, bytes_left_);
    bytes_left_ -= source.size();
    Module& module = *modules_.Add();
    module.set_path(directory_.empty() ? path : path.lexically_relative(directory_));
    module.set_source(source);
    add_imported(source);
  }

  const fs::path directory_;
  size_t bytes_left_;  ///< that further modules may have
  std::set<std::string> seen_;
  Modules modules_;
};

}  // namespace

Modules modules_beside(const std::string& script, const std::string& source) {
  Collection collection(fs::path(script).parent_path(), kMostScriptBytes - source.size());
  collection.add_imported(source);
  return collection.take();
}

}  // namespace upyctl
