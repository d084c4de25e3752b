#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "files/aside_file.h"
#include "files/board_tree.h"
#include "files/rooted.h"
#include "files/tree_copy.h"
#include "files/tree_removal.h"

namespace upyd {

using upy::PortError;

namespace {

constexpr mode_t kRootMode = 0700;  // what scripts make in it has the modes of files anyway

}  // namespace

/// Its files lie aside. It is committed by a new root, which is made there of what is to stay and of them, and takes
/// the place of the present one in one step, once all of it is on the disk.
class BoardTree::BoardDeployment final : public Deployment {
 public:
  BoardDeployment(std::shared_ptr<BoardTree> tree, Others others) : tree_(std::move(tree)), others_(others) {}

  ~BoardDeployment() override {
    files_.clear();
    if (!root_name_.empty()) remove_tree(place_.number(), root_name_, unlinkat);
  }

  PortError begin() {
    return tree_->with_root([&](const FileRoot&) { return tree_->choose_aside(place_, root_name_); });
  }

  PortError begin_file(const std::string& path) override {
    if (auto error = check_text(path)) return error;
    std::string name;
    OwnedDescriptor place;
    const PortError error = tree_->with_root([&](const FileRoot&) -> PortError {
      if (auto refused = tree_->quota_->admit_tree(files_.size() + 1, bytes_)) return refused;
      return tree_->choose_aside(place, name);
    });
    if (error) return error;
    files_.push_back({path, std::make_unique<AsideFile>()});
    return files_.back().file->open(place_.number(), name);
  }

  PortError write(const char* data, size_t size) override {
    bytes_ += size;
    const PortError error =
        tree_->with_root([&](const FileRoot&) { return tree_->quota_->admit_tree(files_.size(), bytes_); });
    return error ? error : files_.back().file->write(data, size);
  }

  PortError end_file() override { return files_.back().file->finish(); }

  PortError commit(std::string& path) override {
    return tree_->with_root([&](const FileRoot& present) -> PortError {
      const int descriptor = make_root();
      if (descriptor < 0) return rooted::error_of_making(place_.number());
      auto next = std::make_shared<FileRoot>(descriptor, Links::Refuse);
      if (others_ == Others::Stay) {
        if (auto error = copy_tree(present.descriptor(), next->descriptor())) return error;
      }
      if (auto error = place_files(*next, path)) return error;
      return tree_->exchange_root(std::move(next), place_.number(), root_name_);
    });
  }

 private:
  struct File {
    std::string path;
    std::unique_ptr<AsideFile> file;
  };

  int make_root() const {
    if (mkdirat(place_.number(), root_name_.c_str(), kRootMode) < 0) return -1;
    return openat(place_.number(), root_name_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  }

  PortError place_files(const FileRoot& root, std::string& path) {
    for (const File& file : files_) {
      path = file.path;
      if (auto error = make_directories_above(root, path)) return error;
      rooted::Entry entry;
      if (auto error = rooted::Entry::open(root, path, entry)) return error;
      if (auto error = file.file->move_to(entry, Replace::Allowed)) return error;
    }
    path.clear();
    return {};
  }

  static PortError make_directories_above(const FileRoot& root, const std::string& path) {
    for (size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
      rooted::Entry entry;
      if (auto error = rooted::Entry::open(root, path.substr(0, end), entry)) return error;
      const bool is_there = mkdirat(entry.directory(), entry.name(), rooted::kNewDirectoryMode) == 0 || errno == EEXIST;
      if (!is_there) return rooted::error_of_making(entry.directory());
    }
    return {};
  }

  const std::shared_ptr<BoardTree> tree_;
  const Others others_;
  OwnedDescriptor place_;  // where all of it lies
  std::string root_name_;  // there, of the new root; once it is committed of the old one
  std::vector<File> files_;
  uint64_t bytes_ = 0;
};

PortError BoardTree::begin_deployment(Others others, std::unique_ptr<Deployment>& deployment) {
  auto begun = std::make_unique<BoardDeployment>(shared_from_this(), others);
  if (auto error = begun->begin()) return error;
  deployment = std::move(begun);
  return {};
}

PortError BoardTree::exchange_root(std::shared_ptr<FileRoot> root, int aside, const std::string& name) {
  auto quota = std::make_shared<Quota>(*quota_);
  if (auto error = quota_->count(root->descriptor(), *quota)) return error;
  if (auto error = quota->admit_all()) return error;
  if (auto error = sync_directories(root->descriptor())) return error;
  const OwnedDescriptor board(openat(aside, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const auto exchange = [&] { return renameat2(aside, name.c_str(), board.number(), "fs", RENAME_EXCHANGE); };
  if (exchange() < 0) {
    if (errno != EINVAL && errno != ENOSYS) return {errno};
    return {errno,
            "the file system of upyd's state can't exchange two directories; put it on ext4, XFS, Btrfs or F2FS"};
  }
  if (fsync(board.number()) < 0) {
    const PortError error{errno};
    exchange();
    return error;
  }
  root_ = std::move(root);
  quota_ = std::move(quota);
  return {};
}

}  // namespace upyd
