#pragma once

#include <string>
#include <string_view>

namespace upyctl {

/// A file of the user that is written: it becomes, or replaces, the one of that name when it is complete, at once and
/// as a whole. Until then it has no name, so that nothing is left of it however upyctl ends; on file systems without
/// such files it has one of its own. What is no regular file (a device, a pipe, "-" for the standard output) is written
/// to as it is. All functions throw FileError.
class NewFile {
 public:
  explicit NewFile(const std::string& path);
  /// What is not complete is gone.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view bytes);
  void complete();

 private:
  void open_aside();
  void give_name();

  std::string path_;   // where links lead to
  std::string aside_;  // the name that it has until it is complete, if it needs one; empty: it is written in place
  int descriptor_ = -1;
  bool is_aside_ = false;  // it has that name
};

/// Makes `bytes` the contents of a file, as NewFile does.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace upyctl
