#include "files/board_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "files/aside_file.h"
#include "files/board_directory.h"
#include "files/rooted.h"
#include "files/tree_removal.h"
#include "posix/system_directory.h"
#include "posix/system_file.h"
#include "system/utf8.h"

namespace upyd {

using upy::PortError;

// ---- an open file ----

class BoardTree::OpenFile final : public upy::SystemFile {
 public:
  OpenFile(std::shared_ptr<BoardTree> tree, int descriptor, int flags)
      : SystemFile(descriptor), tree_(std::move(tree)), quota_(tree_->quota_), appends_(flags & O_APPEND) {}
  ~OpenFile() override { OpenFile::close(); }

  PortError read(char* buffer, size_t size, size_t& count) override {
    return tree_->ended_ ? gone() : SystemFile::read(buffer, size, count);
  }

  PortError write(const char* data, size_t size, size_t& count) override {
    count = 0;
    std::lock_guard lock(tree_->mutex_);
    if (tree_->ended_) return gone();
    struct stat status {};
    if (fstat(descriptor(), &status) < 0) return {errno};
    const auto before = static_cast<uint64_t>(status.st_size);
    const auto position = appends_ ? before : static_cast<uint64_t>(lseek(descriptor(), 0, SEEK_CUR));
    const uint64_t most = before + quota_->room();
    if (size > 0 && position >= most) return quota_->admit_bytes(position + size - before, 0);
    const PortError error = SystemFile::write(data, std::min<uint64_t>(size, most - position), count);
    if (count > 0) quota_->file_resized(before, std::max(before, position + count));
    return error;
  }

  PortError close() override {
    if (descriptor() < 0) return {};
    std::lock_guard lock(tree_->mutex_);
    struct stat status {};
    if (fstat(descriptor(), &status) == 0) quota_->file_closed(status);
    return SystemFile::close();
  }

 private:
  const std::shared_ptr<BoardTree> tree_;
  const std::shared_ptr<Quota> quota_;  // of the root in which it was opened
  const bool appends_;
};

// ---- a file in the making ----

/// Its bytes count once it is complete. Until then they must fit beside all but what they are to replace.
class BoardTree::UnfinishedFile final : public NewFile {
 public:
  UnfinishedFile(std::shared_ptr<BoardTree> tree, std::string path, Replace replace)
      : tree_(std::move(tree)), path_(std::move(path)), replace_(replace) {}

  ~UnfinishedFile() override {
    std::lock_guard lock(tree_->mutex_);
    tree_->quota_->unfinished_gone(counted_bytes_);
  }

  PortError begin() {
    if (auto error = check_text(path_)) return error;
    return tree_->change_below(path_, [&](const rooted::Entry& entry) -> PortError {
      struct stat status {};
      const bool exists = entry.look(status);
      if (exists && replace_ == Replace::Refused) return {EEXIST};
      if (exists) {
        if (auto error = rooted::check_replaceable(status)) return error;
      }
      if (exists) replaced_bytes_ = tree_->quota_->freed_by_removing(status);
      std::string name;
      if (auto error = tree_->choose_aside(place_, name)) return error;
      return aside_.open(place_.number(), name);
    });
  }

  PortError write(const char* data, size_t size) override {
    {
      std::lock_guard lock(tree_->mutex_);
      if (tree_->ended_) return gone();
      Quota& quota = *tree_->quota_;
      if (auto error = quota.admit_bytes(aside_.size() + size, replaced_bytes_)) return error;
      if (auto error = quota.admit_unfinished(size)) return error;
      quota.unfinished_grew(size);
      counted_bytes_ += size;
    }
    return aside_.write(data, size);
  }

  PortError complete() override {
    if (auto error = aside_.sync()) return error;
    rooted::Entry entry;
    if (auto error = tree_->with_root([&](const FileRoot& root) { return take_place(root, entry); })) return error;
    return entry.sync();
  }

 private:
  PortError take_place(const FileRoot& root, rooted::Entry& entry) {
    Quota& quota = *tree_->quota_;
    if (auto error = rooted::Entry::open(root, path_, entry)) return error;
    struct stat replaced {};
    const bool exists = entry.look(replaced);
    if (exists) {
      if (auto error = rooted::check_replaceable(replaced)) return error;
    }
    if (auto error = quota.admit_bytes(aside_.size(), exists ? quota.freed_by_removing(replaced) : 0)) return error;
    if (!exists) {
      if (auto error = quota.admit_file()) return error;
    }
    if (auto error = aside_.move_to(entry, replace_)) return error;
    if (exists) quota.name_removed(replaced);
    quota.file_added(aside_.size());
    return {};
  }

  const std::shared_ptr<BoardTree> tree_;
  const std::string path_;
  const Replace replace_;
  uint64_t replaced_bytes_ = 0;
  uint64_t counted_bytes_ = 0;  // as unfinished
  OwnedDescriptor place_;       // where it lies aside
  AsideFile aside_;
};

// ---- the directory ----

PortError BoardTree::gone() { return {ESTALE, "the instance was deleted"}; }

PortError BoardTree::check_text(const std::string& path) {
  if (valid_utf8(path) == path) return {};
  return {EILSEQ, "the name of a file must be UTF-8"};
}

PortError BoardTree::make_root() {
  constexpr const char* kUnusable = "upyd can't use the directory of this instance in its state";
  OwnedDescriptor board;
  if (auto error = open_board_directory(place_, name_, board)) return {error.number, kUnusable};
  const int root = openat(board.number(), "fs", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (root < 0) return {errno, kUnusable};
  auto made = std::make_shared<FileRoot>(root, Links::Refuse);
  if (is_kept_back(root, DescriptorUse::Script)) return {EMFILE, kNoDescriptorLeft};
  if (auto error = quota_->count(root, *quota_)) return error;
  root_ = std::move(made);
  return {};
}

PortError BoardTree::choose_aside(OwnedDescriptor& place, std::string& name) {
  place = OwnedDescriptor(openat(root_->descriptor(), "../aside", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  name = std::to_string(++last_aside_);
  return place ? PortError{} : PortError{errno};
}

template <typename Change>
PortError BoardTree::change_below(const std::string& path, Change change) {
  return with_root([&](const FileRoot& root) -> PortError {
    rooted::Entry entry;
    if (auto error = rooted::Entry::open(root, path, entry)) return error;
    return change(entry);
  });
}

void BoardTree::set_limits(uint64_t bytes, uint64_t files) {
  std::lock_guard lock(mutex_);
  quota_->set_limits(bytes, files);
}

bool BoardTree::is_empty() {
  std::lock_guard lock(mutex_);
  return !ended_ && !root_ && faccessat(place_, name_.c_str(), F_OK, 0) < 0 && errno == ENOENT;
}

void BoardTree::end() {
  end_by([] { return PortError(); });
}

PortError BoardTree::end_by(const std::function<PortError()>& move) {
  std::lock_guard lock(mutex_);
  if (auto error = move()) return error;
  ended_ = true;
  root_.reset();
  return {};
}

// ---- looking ----

namespace {

/// Whether a path names anything but the root.
bool names_something(const std::string& path) { return path.find_first_not_of("/.") != std::string::npos; }

}  // namespace

PortError BoardTree::stat(const std::string& path, upy::FileStatus& status) {
  if (is_empty() && names_something(path)) return {ENOENT};
  return with_root([&](const FileRoot& root) { return rooted::stat(root, path, status); });
}

PortError BoardTree::stat_file_system(const std::string& path, upy::FileSystemStatus& status) {
  return with_root([&](const FileRoot& root) {
    upy::FileStatus found;
    const PortError error = rooted::stat(root, path, found);
    status = quota_->status();
    return error;
  });
}

PortError BoardTree::open_directory(const std::string& path, DescriptorUse use,
                                    std::unique_ptr<upy::Directory>& directory) {
  return with_root([&](const FileRoot& root) { return rooted::open_directory(root, path, use, directory); });
}

// ---- files ----

PortError BoardTree::open(const std::string& path, int flags, DescriptorUse use, std::unique_ptr<upy::File>& file) {
  return with_root([&](const FileRoot& root) -> PortError {
    int descriptor = -1;
    struct stat status {};
    if (auto error = open_or_make(root, path, flags, use, descriptor, status)) return error;
    quota_->file_opened(status);
    file = std::make_unique<OpenFile>(shared_from_this(), descriptor, flags);
    if (!(flags & O_TRUNC)) return {};
    if (ftruncate(descriptor, 0) == 0) {
      quota_->file_resized(static_cast<uint64_t>(status.st_size), 0);
      return {};
    }
    return {errno};
  });
}

PortError BoardTree::open_or_make(const FileRoot& root, const std::string& path, int flags, DescriptorUse use,
                                  int& descriptor, struct stat& status) {
  const int plain = flags & ~(O_CREAT | O_TRUNC);
  const PortError error = rooted::open_file(root, path, plain, use, descriptor, status);
  if (error.number != ENOENT || !(flags & O_CREAT)) return error;
  if (auto refused = check_text(path)) return refused;
  if (auto refused = quota_->admit_file()) return refused;
  const PortError made = rooted::open_file(root, path, plain | O_CREAT | O_EXCL, use, descriptor, status);
  if (!made) quota_->file_added(0);
  return made;
}

PortError BoardTree::begin_file(const std::string& path, Replace replace, std::unique_ptr<NewFile>& file) {
  auto begun = std::make_unique<UnfinishedFile>(shared_from_this(), path, replace);
  if (auto error = begun->begin()) return error;
  file = std::move(begun);
  return {};
}

// ---- names ----

PortError BoardTree::make_directory(const std::string& path) {
  if (auto error = check_text(path)) return error;
  return change_below(path, [&](const rooted::Entry& entry) -> PortError {
    struct stat status {};
    if (entry.look(status)) return {EEXIST};
    if (auto error = quota_->admit_file()) return error;
    if (mkdirat(entry.directory(), entry.name(), rooted::kNewDirectoryMode) < 0) {
      return rooted::error_of_making(entry.directory());
    }
    quota_->file_added(0);
    return {};
  });
}

/// unlinkat(2), and what it means for the quota; under the lock.
PortError BoardTree::unlink(int directory, const char* name, int flags) {
  struct stat before {};
  if (fstatat(directory, name, &before, AT_SYMLINK_NOFOLLOW) < 0) return {errno};
  if (unlinkat(directory, name, flags) < 0) return {errno};
  quota_->name_removed(before);
  return {};
}

PortError BoardTree::remove_directory(const std::string& path) {
  return change_below(
      path, [&](const rooted::Entry& entry) { return unlink(entry.directory(), entry.name(), AT_REMOVEDIR); });
}

PortError BoardTree::remove(const std::string& path) {
  return change_below(path, [&](const rooted::Entry& entry) { return unlink(entry.directory(), entry.name(), 0); });
}

/// A directory is put aside, where it is taken apart without keeping others waiting.
PortError BoardTree::remove_all(const std::string& path) {
  OwnedDescriptor place;
  std::string aside;
  const PortError error = change_below(path, [&](const rooted::Entry& entry) -> PortError {
    struct stat status {};
    if (!entry.look(status)) return {errno};
    if (!S_ISDIR(status.st_mode)) return unlink(entry.directory(), entry.name(), 0);
    if (auto failed = choose_aside(place, aside)) return failed;
    return upy::error_of(renameat(entry.directory(), entry.name(), place.number(), aside.c_str()));
  });
  if (error || !place) return error;
  return remove_tree(place.number(), aside, [&](int directory, const char* name, int flags) {
    std::lock_guard lock(mutex_);
    const PortError failed = unlink(directory, name, flags);
    errno = failed.number;
    return failed ? -1 : 0;
  });
}

PortError BoardTree::rename(const std::string& from, const std::string& to) {
  if (auto error = check_text(to)) return error;
  return change_below(from, [&](const rooted::Entry& old_entry) -> PortError {
    rooted::Entry new_entry;
    if (auto error = rooted::Entry::open(*root_, to, new_entry)) return error;
    struct stat moved {
    }, replaced{};
    if (!old_entry.look(moved)) return {errno};
    const bool replaces = new_entry.look(replaced) && replaced.st_ino != moved.st_ino;
    if (renameat(old_entry.directory(), old_entry.name(), new_entry.directory(), new_entry.name()) < 0) return {errno};
    if (replaces) quota_->name_removed(replaced);
    return {};
  });
}

}  // namespace upyd
