#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace upyctl {

/// A file of the user that cannot be read or written; what() names it and says why.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The name that stands for the standard input or output.
inline constexpr const char* kStandardStream = "-";

/// How much a script and its modules may be together: upyd compiles no more.
inline constexpr size_t kMostScriptBytes = 64u << 20;

/// An open file of the user. All functions throw FileError.
class OpenFile {
 public:
  /// "-" is the standard input.
  static OpenFile for_reading(const std::string& path);
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&&) = delete;

  /// Up to `size` bytes; 0 at the end.
  size_t read(char* buffer, size_t size);

 private:
  OpenFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_;
};

/// All of a file's bytes; "-" is the standard input, read to its end. Throws FileError, also where there are more than
/// `most`: some files have no end.
std::string read_file(const std::string& path, size_t most = kMostScriptBytes);

}  // namespace upyctl
