#include "other_user.h"

#include <fcntl.h>
#include <grpcpp/create_channel_posix.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <thread>

namespace test_support {
namespace {

/// The thread alone becomes another user: the library's functions would have all threads do so.
void become(uid_t uid, const std::vector<gid_t>& groups) {
  syscall(SYS_setgroups, groups.size(), groups.data());
  syscall(SYS_setresgid, uid, uid, uid);
  syscall(SYS_setresuid, uid, uid, uid);
}

}  // namespace

std::shared_ptr<grpc::Channel> connect_as(uid_t uid, const std::vector<gid_t>& groups, const std::string& socket) {
  sockaddr_un address{.sun_family = AF_UNIX};
  std::strncpy(address.sun_path, socket.c_str(), sizeof(address.sun_path) - 1);
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::thread([&] {
    become(uid, groups);
    connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }).join();
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  return grpc::CreateInsecureChannelFromFd(socket, descriptor);
}

}  // namespace test_support
