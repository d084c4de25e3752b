#include "files/instance_files.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace upyd {

using upy::PortError;

namespace {

/// A file that takes one of the places.
class CountedFile final : public upy::File {
 public:
  CountedFile(std::unique_ptr<upy::File> file, OpenFiles::Place place)
      : place_(std::move(place)), file_(std::move(file)) {}
  PortError read(char* buffer, size_t size, size_t& count) override { return file_->read(buffer, size, count); }
  PortError write(const char* data, size_t size, size_t& count) override { return file_->write(data, size, count); }
  PortError seek(int64_t offset, int whence, int64_t& position) override {
    return file_->seek(offset, whence, position);
  }
  PortError flush() override { return file_->flush(); }
  PortError close() override {
    place_.release();
    return file_->close();
  }
  int poll(int events) override { return file_->poll(events); }
  int descriptor() const override { return file_->descriptor(); }

 private:
  OpenFiles::Place place_;
  std::unique_ptr<upy::File> file_;
};

/// The same of a directory.
class CountedDirectory final : public upy::Directory {
 public:
  CountedDirectory(std::unique_ptr<upy::Directory> directory, OpenFiles::Place place)
      : place_(std::move(place)), directory_(std::move(directory)) {}
  PortError next(upy::DirectoryEntry& entry) override { return directory_->next(entry); }

 private:
  OpenFiles::Place place_;
  std::unique_ptr<upy::Directory> directory_;
};

}  // namespace

std::string InstanceFiles::resolve(const std::string& path) const {
  return path.starts_with('/') ? path : current_ + '/' + path;
}

PortError InstanceFiles::too_many() const {
  return {EMFILE, "this instance has as many files open as its max_files, " + std::to_string(open_.most()) +
                      "; close some, or create it with more"};
}

PortError InstanceFiles::stat(const std::string& path, upy::FileStatus& status) {
  return view_->stat(resolve(path), status);
}

PortError InstanceFiles::stat_file_system(const std::string& path, upy::FileSystemStatus& status) {
  return view_->stat_file_system(resolve(path), status);
}

PortError InstanceFiles::open(const std::string& path, int flags, std::unique_ptr<upy::File>& file) {
  auto place = open_.take_place();
  if (!place) return too_many();
  std::unique_ptr<upy::File> opened;
  if (auto error = view_->open(resolve(path), flags, DescriptorUse::Script, opened)) return error;
  file = std::make_unique<CountedFile>(std::move(opened), std::move(*place));
  return {};
}

PortError InstanceFiles::open_directory(const std::string& path, std::unique_ptr<upy::Directory>& directory) {
  auto place = open_.take_place();
  if (!place) return too_many();
  std::unique_ptr<upy::Directory> opened;
  if (auto error = view_->open_directory(resolve(path), DescriptorUse::Script, opened)) return error;
  directory = std::make_unique<CountedDirectory>(std::move(opened), std::move(*place));
  return {};
}

PortError InstanceFiles::make_directory(const std::string& path) { return view_->make_directory(resolve(path)); }
PortError InstanceFiles::remove_directory(const std::string& path) { return view_->remove_directory(resolve(path)); }
PortError InstanceFiles::remove(const std::string& path) { return view_->remove(resolve(path)); }
PortError InstanceFiles::rename(const std::string& from, const std::string& to) {
  return view_->rename(resolve(from), resolve(to));
}

PortError InstanceFiles::change_directory(const std::string& path) {
  const std::filesystem::path target = std::filesystem::path(resolve(path) + '/').lexically_normal();
  upy::FileStatus status;
  if (auto error = view_->stat(target, status)) return error;
  if (!S_ISDIR(status.mode)) return {ENOTDIR};
  current_ = target == "/" ? "/" : target.parent_path().string();
  return {};
}

PortError InstanceFiles::current_directory(std::string& path) {
  path = current_;
  upy::FileStatus status;
  return stat(path, status);
}

}  // namespace upyd
