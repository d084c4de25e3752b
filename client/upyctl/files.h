#pragma once

#include <cstddef>
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

/// How much a script and its modules may be together: upyd compiles no more.
inline constexpr size_t kMostScriptBytes = 64u << 20;

/// All of a file's bytes; "-" is the standard input, read to its end. Throws FileError, also where there are more than
/// `most`: some files have no end.
std::string read_file(const std::string& path, size_t most = kMostScriptBytes);

/// Makes `bytes` the contents of a file, which is created if need be. Throws FileError.
void write_file(const std::string& path, const std::string& bytes);

}  // namespace upyctl
