#pragma once

#include <memory>
#include <optional>
#include <string>

namespace mip {

/// Where packages come from: the web, by libcurl, and files of this machine. One thread at a time.
class Source {
 public:
  static constexpr size_t kMostBytes = 16u << 20;  ///< of one file

  Source();
  virtual ~Source();
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// The bytes at a http or https URL, or of a file; nothing when it is not there. Throws PackageError when it can't be
  /// had, takes too long or is too large, or libcurl can't be set up. A proxy is taken from the environment as libcurl
  /// does (https_proxy, …).
  virtual std::optional<std::string> get(const std::string& location);

 private:
  struct Web;
  std::unique_ptr<Web> web_;  // made when it is first needed
};

}  // namespace mip
