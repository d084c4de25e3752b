#pragma once

#include <memory>

#include "files/open_files.h"
#include "posix/system_file.h"

namespace upyd {

/// An open file of an instance.
class RootedFile final : public upy::SystemFile {
 public:
  /// Owns the descriptor.
  RootedFile(int descriptor, OpenFiles::Place place) : SystemFile(descriptor), place_(std::move(place)) {}
  upy::PortError close() override {
    place_.release();
    return SystemFile::close();
  }

 private:
  OpenFiles::Place place_;
};

/// An open directory of an instance.
class RootedDirectory final : public upy::Directory {
 public:
  RootedDirectory(std::unique_ptr<upy::Directory> directory, OpenFiles::Place place)
      : place_(std::move(place)), directory_(std::move(directory)) {}
  upy::PortError next(upy::DirectoryEntry& entry) override { return directory_->next(entry); }

 private:
  OpenFiles::Place place_;
  std::unique_ptr<upy::Directory> directory_;
};

}  // namespace upyd
