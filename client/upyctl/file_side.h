#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace upyctl {

/// One side of a copy: the files of the user, or those of a board. Functions throw FileError or upyclient::Error.
class FileSide {
 public:
  enum class Kind { Absent, File, Directory, Other };
  struct Status {
    Kind kind = Kind::Absent;
    uint64_t size = 0;
  };

  /// The bytes of a file, piece by piece.
  class Source {
   public:
    virtual ~Source() = default;
    /// The next piece, which lives until the next call; empty at the end.
    virtual std::string_view next() = 0;
  };
  /// A file that is written.
  class Sink {
   public:
    virtual ~Sink() = default;
    virtual void write(std::string_view bytes) = 0;
    /// Those were all.
    virtual void complete() = 0;
  };

  virtual ~FileSide() = default;
  /// Throws FileError for what can be no path of a file there.
  virtual void check(const std::string&) const {}
  virtual Status look(const std::string& path) = 0;
  /// Throws FileError for a file that is there and can't be read.
  virtual void check_readable(const std::string&) const {}
  /// The names in a directory, sorted.
  virtual std::vector<std::string> list(const std::string& path) = 0;
  /// Leaves a directory alone that is there.
  virtual void make_directory(const std::string& path) = 0;
  /// The SHA-256 of a file.
  virtual std::string hash(const std::string& path) = 0;
  virtual std::unique_ptr<Source> read(const std::string& path) = 0;
  virtual std::unique_ptr<Sink> write(const std::string& path) = 0;
  /// A path as the user writes it.
  virtual std::string shown(const std::string& path) const = 0;
};

/// The path of `name` in a directory.
std::string join(const std::string& directory, const std::string& name);
/// The last name in a path, slashes at its end aside; empty if that is none (of the root, "." or "..").
std::string last_name(const std::string& path);

}  // namespace upyctl
