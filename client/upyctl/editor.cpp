#include "upyctl/editor.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "upyctl/files.h"
#include "upyctl/new_file.h"

namespace upyctl {
namespace {

std::string editor_command() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    const char* value = std::getenv(name);
    if (value && *value) return value;
  }
  return "vi";
}

}  // namespace

Editor::Editor(std::string text, const std::string& suffix) : text_(std::move(text)) {
  path_ = std::filesystem::temp_directory_path() / ("upyctl-XXXXXX" + suffix);
  const int file = mkstemps(path_.data(), static_cast<int>(suffix.size()));
  if (file < 0) throw FileError("cannot make '" + path_ + "': " + std::strerror(errno));
  close(file);
  write_file(path_, text_);
}

Editor::~Editor() {
  if (!is_kept_) unlink(path_.c_str());
}

/// By a shell, since the variables may hold arguments.
std::string Editor::edit() {
  const std::string command = editor_command();
  if (std::system((command + " '" + path_ + "'").c_str()) != 0) fail(command);
  return read_file(path_);
}

void Editor::fail(const std::string& command) {
  const std::string what = "the editor '" + command + "' failed; ";
  if (read_file(path_) == text_) throw FileError(what + "set VISUAL or EDITOR to one that you have");
  keep();
  throw FileError(what + "nothing was changed, and what you wrote is in " + path_);
}

}  // namespace upyctl
