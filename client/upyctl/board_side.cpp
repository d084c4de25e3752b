#include "upyctl/board_side.h"

#include <google/protobuf/stubs/common.h>

#include <algorithm>

#include "upyctl/files.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

class BoardSource final : public FileSide::Source {
 public:
  explicit BoardSource(upyclient::ReadStream stream) : stream_(std::move(stream)) {}
  std::string_view next() override {
    do {
      if (!stream_.read(response_)) return {};
    } while (response_.data().empty());
    return response_.data();
  }

 private:
  upyclient::ReadStream stream_;
  ReadFileResponse response_;
};

class BoardSink final : public FileSide::Sink {
 public:
  explicit BoardSink(upyclient::FileWriter writer) : writer_(std::move(writer)) {}
  void write(std::string_view bytes) override { writer_.write(bytes); }
  void complete() override { writer_.complete(); }

 private:
  upyclient::FileWriter writer_;
};

FileSide::Kind kind_of(FileInfo::Kind kind) {
  switch (kind) {
    case FileInfo::KIND_FILE:
      return FileSide::Kind::File;
    case FileInfo::KIND_DIRECTORY:
      return FileSide::Kind::Directory;
    default:
      return FileSide::Kind::Other;
  }
}

}  // namespace

/// Of names that come from a directory of the user.
void BoardSide::check(const std::string& path) const {
  if (google::protobuf::internal::IsStructurallyValidUTF8(path.data(), static_cast<int>(path.size()))) return;
  throw FileError("'" + path + "' is not UTF-8, as names of files on a board must be");
}

FileSide::Status BoardSide::look(const std::string& path) try {
  check(path);
  const FileInfo info = upyd_.stat_file(about<StatFileRequest>(board_, path));
  return {kind_of(info.kind()), info.size()};
} catch (const upyclient::Error& error) {
  if (error.code() != grpc::NOT_FOUND) throw;
  upyd_.get_instance([&] {
    GetInstanceRequest request;
    request.set_name(board_);
    return request;
  }());  // throws if it is the board that is not there
  return {};
}

std::vector<std::string> BoardSide::list(const std::string& path) {
  std::vector<std::string> names;
  const ListFilesResponse list = list_files(upyd_, board_, path);
  for (const FileInfo& info : list.files()) names.push_back(info.name());
  return names;
}

void BoardSide::make_directory(const std::string& path) {
  auto request = about<MakeDirectoryRequest>(board_, path);
  request.set_parents(true);
  upyd_.make_directory(request);
}

std::string BoardSide::hash(const std::string& path) {
  return upyd_.hash_file(about<HashFileRequest>(board_, path)).sha256();
}

std::unique_ptr<FileSide::Source> BoardSide::read(const std::string& path) {
  return std::make_unique<BoardSource>(upyd_.read_file(about<ReadFileRequest>(board_, path)));
}

std::unique_ptr<FileSide::Sink> BoardSide::write(const std::string& path) {
  return std::make_unique<BoardSink>(upyd_.write_file(about<WriteFileRequest::Target>(board_, path)));
}

ListFilesResponse list_files(upyclient::Connection& upyd, const std::string& board, const std::string& path) {
  ListFilesResponse all;
  auto stream = upyd.list_files(about<ListFilesRequest>(board, path));
  for (ListFilesResponse some; stream.read(some);) all.MergeFrom(some);
  std::sort(all.mutable_files()->begin(), all.mutable_files()->end(),
            [](const FileInfo& one, const FileInfo& other) { return one.name() < other.name(); });
  return all;
}

}  // namespace upyctl
