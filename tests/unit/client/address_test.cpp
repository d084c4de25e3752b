#include "upyd/address.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.h"

namespace {

using upyd::Address;
using upyd::AddressError;

/// What the error of a text that is no address says.
std::string refusal_of(const std::string& url) {
  try {
    Address::parse(url);
  } catch (const AddressError& error) {
    return error.what();
  }
  return "";
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Address, ReadsUnixSockets) {
  Address address = Address::parse("unix:///run/upyd/upyd.sock");
  EXPECT_TRUE(address.is_unix());
  EXPECT_TRUE(address.is_local());
  EXPECT_EQ(address.path(), "/run/upyd/upyd.sock");
  EXPECT_EQ(address.url(), "unix:///run/upyd/upyd.sock");
  EXPECT_EQ(address.grpc_target(), "unix:/run/upyd/upyd.sock");
}

TEST(Address, EncodesUnusualPathsForGrpc) {
  Address address = Address::parse("unix:///tmp/a b%#\xc3\xa4.sock");
  EXPECT_EQ(address.path(), "/tmp/a b%#\xc3\xa4.sock");
  EXPECT_EQ(address.grpc_target(), "unix:/tmp/a%20b%25%23%C3%A4.sock");
}

TEST(Address, ReadsTcp) {
  Address address = Address::parse("tcp://127.0.0.1:7533");
  EXPECT_FALSE(address.is_unix());
  EXPECT_TRUE(address.is_local());
  EXPECT_EQ(address.host(), "127.0.0.1");
  EXPECT_EQ(address.port(), 7533);
  EXPECT_EQ(address.url(), "tcp://127.0.0.1:7533");
  EXPECT_EQ(address.grpc_target(), "dns:///127.0.0.1:7533");
}

TEST(Address, ReadsIpv6InBrackets) {
  Address address = Address::parse("tcp://[::1]:80");
  EXPECT_TRUE(address.is_local());
  EXPECT_EQ(address.host(), "::1");
  EXPECT_EQ(address.url(), "tcp://[::1]:80");
  EXPECT_EQ(address.grpc_target(), "dns:///[::1]:80");
}

TEST(Address, KnowsWhatIsLocal) {
  EXPECT_TRUE(Address::parse("tcp://localhost:1").is_local());
  EXPECT_TRUE(Address::parse("tcp://127.9.9.9:1").is_local());
  EXPECT_FALSE(Address::parse("tcp://192.168.0.1:1").is_local());
  EXPECT_FALSE(Address::parse("tcp://127.example.org:1").is_local());
  EXPECT_FALSE(Address::parse("tcp://[::2]:1").is_local());
}

TEST(Address, SaysWhatIsWrong) {
  EXPECT_TRUE(says(refusal_of("/run/upyd.sock"), "none of unix://, tls:// and tcp://"));
  EXPECT_TRUE(says(refusal_of("unix://upyd.sock"), "must be absolute"));
  EXPECT_TRUE(says(refusal_of("unix:///run/"), "names a directory"));
  EXPECT_TRUE(says(refusal_of("unix:///" + std::string(107, 'x')), "108 bytes"));
  EXPECT_TRUE(says(refusal_of("tcp://127.0.0.1"), "port is missing"));
  EXPECT_TRUE(says(refusal_of("tcp://[::1]"), "port is missing"));
  EXPECT_TRUE(says(refusal_of("tcp://:80"), "host is missing"));
  EXPECT_TRUE(says(refusal_of("tcp://::1:80"), "brackets"));
  for (const char* port : {"0", "65536", "", "x", "80x", "-1"}) {
    EXPECT_TRUE(says(refusal_of(std::string("tcp://localhost:") + port), "from 1 to 65535")) << port;
  }
  EXPECT_TRUE(says(refusal_of("tcp://a/b:80"), "characters no host has"));
}

TEST(Address, TakesTheLongestSocketPath) {
  std::string path = "/" + std::string(106, 'x');
  EXPECT_EQ(Address::parse("unix://" + path).path(), path);
}

TEST(Address, OfADaemonThatIsNotTold) {
  const auto url = [](const Address::Surroundings& process) { return Address::default_for_daemon(process).url(); };
  EXPECT_EQ(url({0, nullptr, "/run/user/0"}), "unix:///run/upyd/upyd.sock");
  EXPECT_EQ(url({1000, nullptr, "/run/user/1000"}), "unix:///run/user/1000/upyd.sock");
  EXPECT_EQ(url({999, "/run/upyd:/run/more", nullptr}), "unix:///run/upyd/upyd.sock");
  EXPECT_EQ(url({999, "/run/other", "/run/user/999"}), "unix:///run/other/upyd.sock");
  EXPECT_THROW(url({1000, nullptr, nullptr}), AddressError);
  EXPECT_THROW(url({1000, "", ""}), AddressError);
}

TEST(Address, ThatAClientFinds) {
  const test_support::TemporaryDirectory directory;
  const std::string own = directory.path();
  const auto url = [&](uid_t user, const char* xdg_runtime_dir) {
    return Address::default_for_client({user, nullptr, xdg_runtime_dir}).url();
  };
  EXPECT_EQ(url(0, nullptr), "unix:///run/upyd/upyd.sock");
  EXPECT_EQ(url(1000, nullptr), "unix:///run/upyd/upyd.sock");
  EXPECT_EQ(url(1000, own.c_str()), "unix:///run/upyd/upyd.sock") << "the user runs none";
  std::ofstream(directory.file("upyd.sock"));
  EXPECT_EQ(url(1000, own.c_str()), "unix://" + own + "/upyd.sock");
  EXPECT_EQ(url(0, own.c_str()), "unix:///run/upyd/upyd.sock");
}

}  // namespace
