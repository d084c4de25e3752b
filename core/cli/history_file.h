#pragma once

#include <string>
#include <vector>

namespace upy {

/// Where the lines typed at the prompt of upy are kept, one a line: ~/.upy_history; empty if there is no HOME. What is
/// no regular file there, such as a link to /dev/null, is left alone: then nothing is kept.
std::string history_path();
/// The lines; none if there is no such file.
std::vector<std::string> read_history(const std::string& path);
/// Puts the lines in place of the file's, which only its owner may read. Where that fails the file stays as it is.
void write_history(const std::string& path, const std::vector<std::string>& lines);

}  // namespace upy
