#pragma once

#include <stdexcept>
#include <string>

namespace upyctl {

/// A file of the user that cannot be read or written; what() names it and says why.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The name that stands for the standard input or output.
inline constexpr const char* kStandardStream = "-";

/// All of a file's bytes; "-" is the standard input, read to its end. Throws FileError.
std::string read_file(const std::string& path);

/// Makes `bytes` the contents of a file, which is created if need be. Throws FileError.
void write_file(const std::string& path, const std::string& bytes);

}  // namespace upyctl
