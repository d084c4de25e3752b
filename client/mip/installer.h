#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mip/manifest.h"
#include "mip/source.h"

namespace mip {

/// Where packages are installed.
class Destination {
 public:
  virtual ~Destination() = default;
  /// The SHA-256 of a file in hexadecimal; empty if there is no such file.
  virtual std::string sha256(const std::string& path) = 0;
  /// Makes `bytes` the content of a file, and the directories that it needs.
  virtual void write(const std::string& path, const std::string& bytes) = 0;
};

/// Installs packages and what they depend on: everything is fetched and checked before the first file is written.
class Installer {
 public:
  static constexpr size_t kMostPackages = 500;            ///< in one installation
  static constexpr size_t kMostBytes = size_t{64} << 20;  ///< of all files in one installation

  /// What is told of each file at its end.
  enum class Done { Written, WasThere };
  using OnFile = std::function<void(const std::string& path, Done done)>;

  /// `target` is a directory of the destination. All that is given must outlive it.
  Installer(Source& source, Destination& destination, std::string index, std::string target);

  /// Looks for a package and what it depends on, and fetches their files that are not there yet. Throws PackageError.
  void add(const PackageRequest& request);
  /// Writes all files that were added.
  void install(const OnFile& on_file);

 private:
  void add_one(const PackageRequest& request, std::vector<PackageRequest>& dependencies);
  void add_manifest(const std::string& location, const PackageRequest& request,
                    std::vector<PackageRequest>& dependencies);
  void add_file(const PackageFile& file);
  std::optional<std::string> fetch(const PackageFile& file, const std::string& path);

  Source& source_;
  Destination& destination_;
  const std::string index_;
  const std::string target_;
  std::set<PackageRequest> seen_;
  std::map<std::string, std::optional<std::string>> files_;  // by path; nothing: it is there
  size_t bytes_ = 0;
};

}  // namespace mip
