#include "system/socket_path.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "support/temporary_directory.h"
#include "system/listen_error.h"

namespace upyd {
namespace {

/// A socket that is bound to a path.
class BoundSocket {
 public:
  explicit BoundSocket(const std::string& path) : descriptor_(socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{.sun_family = AF_UNIX};
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  ~BoundSocket() { close(descriptor_); }
  void listen() { EXPECT_EQ(::listen(descriptor_, 1), 0); }

 private:
  const int descriptor_;
};

class SocketPathTest : public testing::Test {
 protected:
  std::string fault() {
    try {
      free_socket_path(path_);
    } catch (const ListenError& error) {
      return error.what();
    }
    return "none";
  }

  const test_support::TemporaryDirectory directory_;
  const std::string path_ = directory_.file("upyd.sock");
};

TEST_F(SocketPathTest, AFreePathIsFine) { EXPECT_EQ(fault(), "none"); }

TEST_F(SocketPathTest, AStaleSocketIsRemoved) {
  { BoundSocket stale(path_); }
  EXPECT_EQ(fault(), "none");
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SocketPathTest, ALiveSocketIsLeftAlone) {
  BoundSocket live(path_);
  live.listen();
  EXPECT_NE(fault().find("already listens"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SocketPathTest, AnotherFileIsLeftAlone) {
  std::ofstream(path_) << "text";
  EXPECT_NE(fault().find("not a socket"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SocketPathTest, MakesTheDirectory) {
  make_socket_directory(directory_.file("run/upyd.sock"));
  EXPECT_TRUE(std::filesystem::is_directory(directory_.path() / "run"));
  EXPECT_THROW(make_socket_directory(directory_.file("a/b/upyd.sock")), ListenError);
}

}  // namespace
}  // namespace upyd
