#include "kill/surviving_disk.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "kill/disk_record.h"

namespace test_kill {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Survivor {
 public:
  Survivor(fs::path records, Survival survival) : records_(std::move(records)), survival_(survival) {}

  /// `names` are those of the directory that becomes `to`, as they are told by disk::names_in; `now` is where it was.
  void make(const std::string& names, const fs::path& now, const fs::path& to) {
    fs::create_directory(to);
    std::istringstream lines(names);
    for (std::string kind, key, name; lines >> kind >> key && std::getline(lines >> std::ws, name);) {
      if (kind == "d") {
        make(names_of(key, now / name), now / name, to / name);
      } else {
        std::ofstream(to / name, std::ios::binary) << text_of(records_ / key);
      }
    }
  }

  std::string names_of(const std::string& key, const fs::path& now) const {
    if (survival_ == Survival::OnlySynced) return text_of(records_ / key);
    const int directory = open(now.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::string names = disk::names_in(directory);
    close(directory);
    return names;
  }

 private:
  const fs::path records_;
  const Survival survival_;
};

void record_path(const fs::path& path, const fs::path& records) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  disk::record(descriptor, records);
  close(descriptor);
}

}  // namespace

void survive(const fs::path& root, const fs::path& records, Survival survival, const fs::path& to) {
  Survivor survivor(records, survival);
  survivor.make(survivor.names_of(disk::key_of(AT_FDCWD, root.c_str()), root), root, to);
}

void record_all(const fs::path& root, const fs::path& records) {
  fs::remove_all(records);
  fs::create_directory(records);
  record_path(root, records);
  for (const auto& entry : fs::recursive_directory_iterator(root)) record_path(entry.path(), records);
}

}  // namespace test_kill
