#include "tls/file_stamps.h"

#include <sys/stat.h>

namespace upyd {

FileStamps::FileStamps(std::span<const std::string> files) {
  for (const std::string& file : files) {
    struct stat about {};
    if (stat(file.c_str(), &about) != 0) about = {};
    numbers_.insert(numbers_.end(), {static_cast<int64_t>(about.st_dev), static_cast<int64_t>(about.st_ino),
                                     about.st_size, about.st_mode, about.st_mtim.tv_sec, about.st_mtim.tv_nsec});
  }
}

}  // namespace upyd
