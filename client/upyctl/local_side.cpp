#include "upyctl/local_side.h"

#include <fcntl.h>
#include <nettle/sha2.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "upyctl/files.h"
#include "upyctl/new_file.h"

namespace upyctl {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* action, const std::string& path, const std::error_code& error) {
  throw FileError(std::string("cannot ") + action + " '" + path + "': " + error.message());
}

class LocalSource final : public FileSide::Source {
 public:
  explicit LocalSource(const std::string& path) : file_(OpenFile::for_reading(path)) {}
  std::string_view next() override {
    constexpr size_t kPiece = 512u << 10;
    piece_.resize(kPiece);
    return {piece_.data(), file_.read(piece_.data(), piece_.size())};
  }

 private:
  OpenFile file_;
  std::string piece_;
};

class LocalSink final : public FileSide::Sink {
 public:
  explicit LocalSink(const std::string& path) : file_(path) {}
  void write(std::string_view bytes) override { file_.write(bytes); }
  void complete() override { file_.complete(); }

 private:
  NewFile file_;
};

FileSide::Kind kind_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::not_found:
      return FileSide::Kind::Absent;
    case fs::file_type::regular:
      return FileSide::Kind::File;
    case fs::file_type::directory:
      return FileSide::Kind::Directory;
    default:
      return FileSide::Kind::Other;
  }
}

}  // namespace

FileSide::Status LocalSide::look(const std::string& path) {
  if (path == kStandardStream) return {Kind::Other};
  std::error_code error;
  Status status{kind_of(fs::status(path, error).type())};
  if (status.kind == Kind::File) status.size = fs::file_size(path, error);
  return status;
}

void LocalSide::check_readable(const std::string& path) const {
  if (path == kStandardStream || faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0) return;
  fail("read", path, {errno, std::generic_category()});
}

std::vector<std::string> LocalSide::list(const std::string& path) {
  std::error_code error;
  std::vector<std::string> names;
  for (auto entry = fs::directory_iterator(path, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  if (error) fail("list", path, error);
  std::sort(names.begin(), names.end());
  return names;
}

void LocalSide::make_directory(const std::string& path) {
  std::error_code error;
  fs::create_directory(path, error);
  if (error) fail("make the directory", path, error);
}

std::string LocalSide::hash(const std::string& path) {
  sha256_ctx hash;
  sha256_init(&hash);
  LocalSource source(path);
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) {
    sha256_update(&hash, piece.size(), reinterpret_cast<const uint8_t*>(piece.data()));
  }
  std::string digest(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&hash, digest.size(), reinterpret_cast<uint8_t*>(digest.data()));
  return digest;
}

std::unique_ptr<FileSide::Source> LocalSide::read(const std::string& path) {
  return std::make_unique<LocalSource>(path);
}

std::unique_ptr<FileSide::Sink> LocalSide::write(const std::string& path) { return std::make_unique<LocalSink>(path); }

}  // namespace upyctl
