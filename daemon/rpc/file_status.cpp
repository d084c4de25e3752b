#include "rpc/file_status.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "system/utf8.h"

namespace upyd {
namespace {

using grpc::StatusCode;

struct Told {
  StatusCode code;
  const char* text;  // null: what the system says
};

Told told(int error) {
  switch (error) {
    case ENOENT:
      return {StatusCode::NOT_FOUND, "there is no such file or directory"};
    case EEXIST:
      return {StatusCode::ALREADY_EXISTS, "there is something of that name already"};
    case ENOTDIR:
      return {StatusCode::FAILED_PRECONDITION, "it is no directory, or a name before its last is none"};
    case EISDIR:
      return {StatusCode::FAILED_PRECONDITION, "it is a directory"};
    case ENOTEMPTY:
      return {StatusCode::FAILED_PRECONDITION, "the directory is not empty"};
    case ELOOP:
      return {StatusCode::FAILED_PRECONDITION, "it is a symbolic link, or lies behind one"};
    case EINVAL:
      return {StatusCode::FAILED_PRECONDITION,
              "that can't be done with this name, or with a directory and what is in it"};
    case EBUSY:
    case EXDEV:
      return {StatusCode::FAILED_PRECONDITION, nullptr};
    case ENAMETOOLONG:
      return {StatusCode::INVALID_ARGUMENT, "the path is too long: a name may have 255 bytes, a path 4095"};
    case EILSEQ:
      return {StatusCode::INVALID_ARGUMENT, nullptr};
    case EACCES:
    case EPERM:
      return {StatusCode::PERMISSION_DENIED, nullptr};
    case EROFS:
      return {StatusCode::PERMISSION_DENIED, "the files may only be read"};
    case ENOSPC:
      return {StatusCode::RESOURCE_EXHAUSTED, "the disk is full"};
    case EDQUOT:
      return {StatusCode::RESOURCE_EXHAUSTED, "the disk quota of the user that upyd runs as is used up"};
    case EFBIG:
      return {StatusCode::RESOURCE_EXHAUSTED, "the system lets no file become that large"};
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return {StatusCode::RESOURCE_EXHAUSTED, nullptr};
    case ESTALE:
      return {StatusCode::ABORTED, nullptr};
    default:
      return {StatusCode::INTERNAL, nullptr};
  }
}

}  // namespace

grpc::Status file_status(const upy::PortError& error, const std::string& path) {
  if (!error) return grpc::Status::OK;
  const Told answer = told(error.number);
  std::string text = error.message;
  if (text.empty()) text = answer.text ? answer.text : std::strerror(error.number);
  return {answer.code, "'" + path + "': " + text};
}

void tell(const std::string& name, const upy::FileStatus& status, v1::FileInfo& info) {
  info.set_name(valid_utf8(name));
  info.set_kind(S_ISREG(status.mode)   ? v1::FileInfo::KIND_FILE
                : S_ISDIR(status.mode) ? v1::FileInfo::KIND_DIRECTORY
                                       : v1::FileInfo::KIND_OTHER);
  if (S_ISREG(status.mode)) info.set_size(static_cast<uint64_t>(status.size));
  info.mutable_modify_time()->set_seconds(status.modified_s);
}

std::string name_in(const std::string& path) {
  std::filesystem::path place = std::filesystem::path('/' + path).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();
  return place.has_filename() ? place.filename().string() : "/";
}

}  // namespace upyd
