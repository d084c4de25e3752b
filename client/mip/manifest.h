#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "mip/location.h"

namespace mip {

/// A package that can't be installed; what() says which and why.
class PackageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file that belongs to a package.
struct PackageFile {
  std::string path;      ///< where it is to be, below the target; no part of it is "." or ".."
  std::string location;  ///< where it is to be had: a URL or a path of this machine
  std::string version;   ///< of that URL, as PackageRequest has it
  std::string hash;      ///< its SHA-256, or the beginning of it, in hexadecimal; empty: not known
};

/// What a package.json says.
struct Manifest {
  std::vector<PackageFile> files;
  std::vector<PackageRequest> dependencies;
};

/// Reads the text of the package.json at `location`. `index` has the files that are named by their hashes; `version` is
/// that of the package. Throws PackageError.
Manifest parse_manifest(const std::string& text, const std::string& location, const std::string& version,
                        const std::string& index);

/// `path`, if it leads nowhere else than below the directory that it is relative to. Throws PackageError, which names
/// `owner`.
std::string checked_path(const std::string& path, const std::string& owner);

}  // namespace mip
