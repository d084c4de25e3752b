#pragma once

#include <filesystem>

namespace test_kill {

/// What a disk may hold after power has failed.
enum class Survival {
  OnlySynced,  ///< of files the bytes, of directories the names that were there when they were synced last
  NamesToo,    ///< names as they were in the end; the bytes of a file that were synced last, or none
};

/// Puts what is left of `root`, going by its records, into the new directory `to`.
void survive(const std::filesystem::path& root, const std::filesystem::path& records, Survival survival,
             const std::filesystem::path& to);

/// Has all that is in `root` on the disk: the directory of records is made anew.
void record_all(const std::filesystem::path& root, const std::filesystem::path& records);

}  // namespace test_kill
