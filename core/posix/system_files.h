#pragma once

#include "port/port.h"

namespace upy {

/// The file system as the process sees it. The current directory is that of the process until an instance changes to
/// another, which changes nothing for the process.
class SystemFiles final : public Files {
 public:
  PortError stat(const std::string& path, FileStatus& status) override;
  PortError stat_file_system(const std::string& path, FileSystemStatus& status) override;
  PortError open(const std::string& path, int flags, std::unique_ptr<File>& file) override;
  PortError open_directory(const std::string& path, std::unique_ptr<Directory>& directory) override;
  PortError make_directory(const std::string& path) override;
  PortError remove_directory(const std::string& path) override;
  PortError remove(const std::string& path) override;
  PortError rename(const std::string& from, const std::string& to) override;
  PortError change_directory(const std::string& path) override;
  PortError current_directory(std::string& path) override;

 private:
  std::string resolve(const std::string& path) const;

  std::string current_;  // absolute; empty: that of the process
};

}  // namespace upy
