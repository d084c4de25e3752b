#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>

/// What of a directory is on the disk, for certain: of each file and directory in it that was synced what it held then,
/// in a directory of records. A record is called by what it is of, and is there as a whole or not.
namespace disk {

/// What a file or directory is called by, whatever its names are.
inline std::string key_of(int directory, const char* name) {
  struct statx status {};
  if (statx(directory, name, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &status) < 0) return "";
  return std::to_string(status.stx_ino) + "-" + std::to_string(status.stx_btime.tv_sec) + "-" +
         std::to_string(status.stx_btime.tv_nsec);
}

/// Bytes of an open file, from its beginning.
inline std::string bytes_of(int file) {
  std::string bytes;
  char piece[4096];
  for (ssize_t count; (count = pread(file, piece, sizeof piece, static_cast<off_t>(bytes.size()))) > 0;) {
    bytes.append(piece, static_cast<size_t>(count));
  }
  return bytes;
}

/// The names in an open directory, each on a line: its kind, its key, and it itself.
inline std::string names_in(int directory) {
  std::string names;
  const int again = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = again < 0 ? nullptr : fdopendir(again);
  if (!entries) return names;
  while (const dirent* entry = readdir(entries)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    names += (entry->d_type == DT_DIR ? "d " : "f ") + key_of(directory, name.c_str()) + " " + name + "\n";
  }
  closedir(entries);
  return names;
}

/// Records what an open file or directory holds now.
inline void record(int descriptor, const std::string& records) {
  struct stat status {};
  if (fstat(descriptor, &status) < 0) return;
  const std::string key = key_of(descriptor, "");
  const std::string draft = records + "/." + key + "." + std::to_string(gettid());
  const int readable = open(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), O_RDONLY | O_CLOEXEC);
  const std::string held = S_ISDIR(status.st_mode) ? names_in(descriptor) : bytes_of(readable);
  close(readable);
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  const bool is_whole = ::write(file, held.data(), held.size()) == static_cast<ssize_t>(held.size());
  close(file);
  if (is_whole) rename(draft.c_str(), (records + "/" + key).c_str());
}

}  // namespace disk
