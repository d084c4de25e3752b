#pragma once

#include "files/file_view.h"
#include "files/open_files.h"
#include "port/port.h"

namespace upyd {

/// The files of an instance as its scripts use them: its view, a current directory, and so many files open at a time.
class InstanceFiles final : public upy::Files {
 public:
  /// `most_open` counts files and directories.
  InstanceFiles(std::shared_ptr<FileView> view, uint32_t most_open) : view_(std::move(view)), open_(most_open) {}

  upy::PortError stat(const std::string& path, upy::FileStatus& status) override;
  upy::PortError stat_file_system(const std::string& path, upy::FileSystemStatus& status) override;
  upy::PortError open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) override;
  upy::PortError open_directory(const std::string& path, std::unique_ptr<upy::Directory>& directory) override;
  upy::PortError make_directory(const std::string& path) override;
  upy::PortError remove_directory(const std::string& path) override;
  upy::PortError remove(const std::string& path) override;
  upy::PortError rename(const std::string& from, const std::string& to) override;
  upy::PortError change_directory(const std::string& path) override;
  upy::PortError current_directory(std::string& path) override;

 private:
  std::string resolve(const std::string& path) const;
  upy::PortError too_many() const;

  const std::shared_ptr<FileView> view_;
  std::string current_ = "/";
  OpenFiles open_;
};

}  // namespace upyd
