#include "files/quota.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

#include "files/tree_walk.h"

namespace upyd {

using upy::PortError;

namespace {

uint64_t size_of(const struct stat& status) {
  return S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0;
}

class Counter final : public TreeVisitor {
 public:
  explicit Counter(Quota& quota) : quota_(quota) {}
  PortError meet(int, const std::string&, const struct stat& status) override {
    quota_.file_added(size_of(status));
    return {};
  }
  PortError enter(const std::string&) override {
    quota_.file_added(0);
    return {};
  }
  PortError leave(int) override { return {}; }

 private:
  Quota& quota_;
};

PortError too_many_files(uint64_t most) {
  return {ENOSPC, "this instance may have as many files and directories as its fs_files, " + std::to_string(most) +
                      "; remove some, or create it with more"};
}

PortError too_many_bytes(uint64_t most) {
  return {ENOSPC, "the files of this instance may hold as many bytes as its fs_bytes, " + std::to_string(most) +
                      "; remove some, or create it with more"};
}

}  // namespace

PortError Quota::count(int root, Quota& counted) const {
  counted = Quota(most_bytes_, most_files_);
  Counter counter(counted);
  return walk_tree(root, counter);
}

PortError Quota::admit_tree(uint64_t files, uint64_t bytes) const {
  if (files > most_files_) return too_many_files(most_files_);
  return bytes > most_bytes_ ? too_many_bytes(most_bytes_) : PortError{};
}

PortError Quota::admit_file() const { return files_ < most_files_ ? PortError{} : too_many_files(most_files_); }

PortError Quota::admit_bytes(uint64_t growth, uint64_t given_back) const {
  return growth <= room() + given_back ? PortError{} : too_many_bytes(most_bytes_);
}

PortError Quota::admit_unfinished(uint64_t growth) const {
  if (unfinished_bytes_ + growth <= most_bytes_) return {};
  return {ENOSPC,
          "the files that are being written for this instance may hold as many bytes together as its fs_bytes, " +
              std::to_string(most_bytes_) + "; wait for others to be complete"};
}

void Quota::file_added(uint64_t size) {
  ++files_;
  bytes_ += size;
}

void Quota::file_resized(uint64_t before, uint64_t now) {
  take(before);
  bytes_ += now;
}

void Quota::file_closed(const struct stat& status) {
  const auto found = open_.find(status.st_ino);
  if (found == open_.end() || --found->second.times > 0) return;
  if (found->second.is_removed) take(size_of(status));
  open_.erase(found);
}

void Quota::name_removed(const struct stat& before) {
  take(freed_by_removing(before));
  files_ -= files_ > 0;
  if (const auto found = open_.find(before.st_ino); found != open_.end()) found->second.is_removed = true;
}

uint64_t Quota::freed_by_removing(const struct stat& status) const {
  return open_.contains(status.st_ino) ? 0 : size_of(status);
}

/// In blocks of 512 bytes, as flash has them; what is taken of one counts as all of it.
upy::FileSystemStatus Quota::status() const {
  constexpr uint64_t kBlock = 512;
  const uint64_t free_files = files_ < most_files_ ? most_files_ - files_ : 0;
  return {.block_size = kBlock,
          .fragment_size = kBlock,
          .blocks = most_bytes_ / kBlock,
          .free_blocks = room() / kBlock,
          .available_blocks = room() / kBlock,
          .files = most_files_,
          .free_files = free_files,
          .available_files = free_files,
          .name_max = NAME_MAX};
}

}  // namespace upyd
