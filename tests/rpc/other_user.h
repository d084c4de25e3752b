#pragma once

#include <grpcpp/channel.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace test_support {

/// A connection to the Unix socket at a path that a process of that user, with those groups, has made. It is not made
/// again when it ends. The test must be root.
std::shared_ptr<grpc::Channel> connect_as(uid_t uid, const std::vector<gid_t>& groups, const std::string& socket);

}  // namespace test_support
