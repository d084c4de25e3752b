#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "files/file_tree.h"
#include "upyd/v1/file.pb.h"

/// Files as the API tells of them.
namespace upyd {

/// What a client is told of an error with `path`: see FileService. OK if there is none.
grpc::Status file_status(const upy::PortError& error, const std::string& path);

/// What is known about a file; `name` as in FileInfo, but for what is no UTF-8.
void tell(const std::string& name, const upy::FileStatus& status, v1::FileInfo& info);

/// The name in a path; "/" of the root.
std::string name_in(const std::string& path);

}  // namespace upyd
