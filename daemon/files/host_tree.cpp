#include "files/host_tree.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "files/aside_file.h"
#include "files/rooted.h"
#include "posix/system_directory.h"
#include "posix/system_file.h"

namespace upyd {

using upy::PortError;

namespace {

PortError only_reads() { return {EROFS, "this instance may only read these files"}; }

/// A file that lies beside the one that it is to be.
class HostNewFile final : public NewFile {
 public:
  explicit HostNewFile(FileTree::Replace replace) : replace_(replace) {}

  PortError begin(const FileRoot& root, const std::string& path, uint64_t number) {
    if (auto error = rooted::Entry::open_file(root, path, entry_)) return error;
    return aside_.open(entry_.directory(), ".upyd-" + std::to_string(getpid()) + "-" + std::to_string(number));
  }

  PortError write(const char* data, size_t size) override { return aside_.write(data, size); }
  PortError complete() override {
    if (auto error = aside_.sync()) return error;
    struct stat there {};
    if (entry_.look(there)) {
      if (auto error = rooted::check_replaceable(there)) return error;
    }
    if (auto error = aside_.move_to(entry_, replace_)) return error;
    return entry_.sync();
  }

 private:
  const FileTree::Replace replace_;
  rooted::Entry entry_;
  AsideFile aside_;
};

}  // namespace

std::shared_ptr<const FileRoot> HostTree::open_root(const std::string& directory, std::string& error) {
  const int descriptor = ::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) return std::make_shared<FileRoot>(descriptor, Links::Follow);
  error = "cannot mount '" + directory + "' for scripts: " + std::strerror(errno);
  if (errno == ENOENT) error += "; make it, or name another directory in [[files.mount]] of the config";
  return nullptr;
}

template <typename Change>
PortError HostTree::change_below(const std::string& path, Change change) const {
  if (access_ != Access::Write) return only_reads();
  rooted::Entry entry;
  if (auto error = rooted::Entry::open(*root_, path, entry)) return error;
  return change(entry);
}

PortError HostTree::stat(const std::string& path, upy::FileStatus& status) {
  return rooted::stat(*root_, path, status);
}

PortError HostTree::stat_file_system(const std::string& path, upy::FileSystemStatus& status) {
  const PortError error = rooted::stat_file_system(*root_, path, status);
  if (access_ != Access::Write) status.flags |= ST_RDONLY;
  return error;
}

PortError HostTree::open(const std::string& path, int flags, DescriptorUse use, std::unique_ptr<upy::File>& file) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
  if (writes && access_ != Access::Write) return only_reads();
  int descriptor = -1;
  struct stat status {};
  if (auto error = rooted::open_file(*root_, path, flags, use, descriptor, status)) return error;
  file = std::make_unique<upy::SystemFile>(descriptor);
  return {};
}

PortError HostTree::open_directory(const std::string& path, DescriptorUse use,
                                   std::unique_ptr<upy::Directory>& directory) {
  return rooted::open_directory(*root_, path, use, directory);
}

PortError HostTree::make_directory(const std::string& path) {
  return change_below(path, [](const rooted::Entry& entry) {
    const int made = mkdirat(entry.directory(), entry.name(), rooted::kNewDirectoryMode);
    return made < 0 ? rooted::error_of_making(entry.directory()) : PortError{};
  });
}

PortError HostTree::remove_directory(const std::string& path) {
  return change_below(path, [](const rooted::Entry& entry) {
    return upy::error_of(unlinkat(entry.directory(), entry.name(), AT_REMOVEDIR));
  });
}

PortError HostTree::remove(const std::string& path) {
  return change_below(
      path, [](const rooted::Entry& entry) { return upy::error_of(unlinkat(entry.directory(), entry.name(), 0)); });
}

/// Each directory on the way is looked for anew from the root: so nothing that others rename meanwhile leads out.
PortError HostTree::remove_all(const std::string& path) {
  struct Step {
    std::string path;
    bool is_seen;  // what was in it is removed
  };
  if (const PortError error = remove(path); error.number != EISDIR) return error;
  std::vector<Step> steps{{path, false}};
  while (!steps.empty()) {
    if (steps.back().is_seen) {
      if (auto error = remove_directory(steps.back().path)) return error;
      steps.pop_back();
      continue;
    }
    steps.back().is_seen = true;
    const std::string here = steps.back().path + '/';
    std::unique_ptr<upy::Directory> directory;
    if (auto error = open_directory(here, DescriptorUse::Client, directory)) return error;
    for (upy::DirectoryEntry entry;;) {
      if (auto error = directory->next(entry)) return error;
      if (entry.name.empty()) break;
      const PortError error = remove(here + entry.name);
      if (error.number == EISDIR) {
        steps.push_back({here + entry.name, false});
      } else if (error && error.number != ENOENT) {
        return error;
      }
    }
  }
  return {};
}

PortError HostTree::rename(const std::string& from, const std::string& to) {
  return change_below(from, [&](const rooted::Entry& old_entry) {
    return change_below(to, [&](const rooted::Entry& new_entry) {
      return upy::error_of(renameat(old_entry.directory(), old_entry.name(), new_entry.directory(), new_entry.name()));
    });
  });
}

PortError HostTree::begin_file(const std::string& path, Replace replace, std::unique_ptr<NewFile>& file) {
  if (access_ != Access::Write) return only_reads();
  auto begun = std::make_unique<HostNewFile>(replace);
  if (auto error = begun->begin(*root_, path, ++last_aside_)) return error;
  file = std::move(begun);
  return {};
}

PortError HostTree::begin_deployment(Others, std::unique_ptr<Deployment>&) {
  return {EXDEV, "files can be deployed in an instance's own tree only"};
}

}  // namespace upyd
