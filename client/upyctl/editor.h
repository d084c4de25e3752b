#pragma once

#include <string>

namespace upyctl {

/// A text in a file of its own that the user edits by $VISUAL or $EDITOR, or vi. The file is removed with this, unless
/// it is to be kept, or the editor failed and left another text there.
class Editor {
 public:
  /// `suffix` is the end of the file's name, by which editors know its kind. Throws FileError.
  Editor(std::string text, const std::string& suffix);
  ~Editor();
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  /// Has the user edit it; returns what became of it. Throws FileError, also where the editor fails.
  std::string edit();
  /// The file stays.
  void keep() { is_kept_ = true; }
  const std::string& path() const { return path_; }

 private:
  [[noreturn]] void fail(const std::string& command);

  const std::string text_;
  std::string path_;
  bool is_kept_ = false;
};

}  // namespace upyctl
