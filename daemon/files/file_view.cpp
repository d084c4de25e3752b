#include "files/file_view.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>

namespace upyd {

using upy::PortError;

namespace {

/// What is in the root of all.
class RootDirectory final : public upy::Directory {
 public:
  RootDirectory(std::unique_ptr<upy::Directory> own, const std::vector<FileView::Mount>& mounts)
      : own_(std::move(own)) {
    for (const auto& mount : mounts) mounted_.push_back(mount.name);
  }

  PortError next(upy::DirectoryEntry& entry) override {
    while (own_) {
      if (auto error = own_->next(entry)) return error;
      if (entry.name.empty()) {
        own_.reset();
      } else if (std::find(mounted_.begin(), mounted_.end(), entry.name) == mounted_.end()) {
        return {};
      }
    }
    entry = {};
    if (told_ < mounted_.size()) entry = {.name = mounted_[told_++], .kind = S_IFDIR};
    return {};
  }

 private:
  std::unique_ptr<upy::Directory> own_;  // null at its end
  std::vector<std::string> mounted_;
  size_t told_ = 0;
};

}  // namespace

/// Roots of trees are always there.
PortError FileView::busy(const Place& place) {
  if (place.mount) return {EBUSY, "it is where a directory of the host is mounted; that can't be removed or moved"};
  return {EBUSY, "it is the root, which can't be removed or moved; name what is in it"};
}

const FileView::Mount* FileView::mount_named(std::string_view name) const {
  const auto found =
      std::find_if(mounts_.begin(), mounts_.end(), [&](const Mount& mount) { return mount.name == name; });
  return found == mounts_.end() ? nullptr : &*found;
}

/// What ".." means below a root is for its tree to say, which knows of links.
FileView::Place FileView::find(const std::string& path) const {
  Place place;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    if (name.empty() || name == ".") continue;
    if (name == ".." && place.is_root()) {
      place = {};
      continue;
    }
    const Mount* mount = place.is_root() && !place.mount ? mount_named(name) : nullptr;
    if (mount) {
      place = {.mount = mount};
      continue;
    }
    (place.path += '/') += name;
    if (name == "..") {
      --place.depth;
    } else {
      ++place.depth;
    }
  }
  if (place.path.empty() || path.ends_with('/') || path.ends_with("/.")) place.path += '/';
  return place;
}

std::string FileView::mount_point(const std::string& path) const {
  const Place place = find(path);
  return place.mount ? '/' + place.mount->name : "/";
}

PortError FileView::stat(const std::string& path, upy::FileStatus& status) {
  const Place place = find(path);
  return tree_of(place).stat(place.path, status);
}

PortError FileView::stat_file_system(const std::string& path, upy::FileSystemStatus& status) {
  const Place place = find(path);
  return tree_of(place).stat_file_system(place.path, status);
}

PortError FileView::open(const std::string& path, int flags, DescriptorUse use, std::unique_ptr<upy::File>& file) {
  const Place place = find(path);
  return tree_of(place).open(place.path, flags, use, file);
}

PortError FileView::open_directory(const std::string& path, DescriptorUse use,
                                   std::unique_ptr<upy::Directory>& directory) {
  const Place place = find(path);
  std::unique_ptr<upy::Directory> opened;
  if (auto error = tree_of(place).open_directory(place.path, use, opened)) return error;
  const bool is_top = !place.mount && place.is_root();
  directory = is_top ? std::make_unique<RootDirectory>(std::move(opened), mounts_) : std::move(opened);
  return {};
}

PortError FileView::make_directory(const std::string& path) {
  const Place place = find(path);
  return place.is_root() ? PortError{EEXIST} : tree_of(place).make_directory(place.path);
}

PortError FileView::remove_directory(const std::string& path) {
  const Place place = find(path);
  return place.is_root() ? busy(place) : tree_of(place).remove_directory(place.path);
}

PortError FileView::remove(const std::string& path) {
  const Place place = find(path);
  return place.is_root() ? busy(place) : tree_of(place).remove(place.path);
}

PortError FileView::remove_all(const std::string& path) {
  const Place place = find(path);
  return place.is_root() ? busy(place) : tree_of(place).remove_all(place.path);
}

PortError FileView::rename(const std::string& from, const std::string& to) {
  const Place old_place = find(from), new_place = find(to);
  if (old_place.is_root()) return busy(old_place);
  if (new_place.is_root()) return busy(new_place);
  if (old_place.mount != new_place.mount) return {EXDEV, "the new name lies in another file system; copy it"};
  return tree_of(old_place).rename(old_place.path, new_place.path);
}

PortError FileView::begin_file(const std::string& path, Replace replace, std::unique_ptr<NewFile>& file) {
  const Place place = find(path);
  return place.is_root() ? PortError{EISDIR} : tree_of(place).begin_file(place.path, replace, file);
}

PortError FileView::find_own(const std::string& path, std::string& own_path) const {
  const Place place = find(path);
  if (place.mount) return {EXDEV, "a directory of the host is mounted there"};
  own_path = std::filesystem::path(place.path).lexically_normal();
  return own_path.ends_with('/') ? PortError{EISDIR} : PortError{};
}

}  // namespace upyd
