#include "files/quota.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

namespace upyd {

using upy::PortError;

namespace {

uint64_t size_of(const struct stat& status) {
  return S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0;
}

}  // namespace

PortError Quota::admit_file() const {
  if (files_ < most_files_) return {};
  return {ENOSPC, "this instance has as many files and directories as its fs_files, " + std::to_string(most_files_) +
                      "; remove some, or create it with more"};
}

PortError Quota::admit_bytes(uint64_t growth, uint64_t given_back) const {
  if (growth <= room() + given_back) return {};
  return {ENOSPC, "the files of this instance may hold as many bytes as its fs_bytes, " + std::to_string(most_bytes_) +
                      "; remove some, or create it with more"};
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
  if (found == open_.end() || --found->second > 0) return;
  open_.erase(found);
  if (status.st_nlink == 0) take(size_of(status));
}

void Quota::name_removed(const struct stat& before) {
  take(freed_by_removing(before));
  files_ -= files_ > 0;
}

uint64_t Quota::freed_by_removing(const struct stat& status) const {
  return status.st_nlink > 1 || open_.contains(status.st_ino) ? 0 : size_of(status);
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
