#include "upyctl/hosts_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "support/temporary_directory.h"

namespace {

using upyctl::HostsFile;
using upyctl::read_hosts_file;

class HostsFileTest : public testing::Test {
 protected:
  HostsFileTest() {
    setenv("XDG_CONFIG_HOME", directory_.path().c_str(), 1);
    std::filesystem::create_directory(directory_.path() / "upyd");
  }
  ~HostsFileTest() override { unsetenv("XDG_CONFIG_HOME"); }
  std::string place() const { return directory_.path() / "upyd"; }
  void write(const std::string& text) const { std::ofstream(place() + "/hosts.toml") << text; }
  static std::string fault_of(const auto& action) {
    try {
      action();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }
  std::string fault_in(const std::string& text) const {
    write(text);
    return fault_of(read_hosts_file);
  }

  const test_support::TemporaryDirectory directory_;
};

TEST_F(HostsFileTest, GivesNamesToHosts) {
  write(R"(default = "garage"
[hosts.garage]
url = "tls://garage.lan:7533"
ca = "lan.crt"
cert = "/elsewhere/me.crt"
key = "me.key"
[hosts.local]
url = "unix:///run/upyd/upyd.sock"
)");
  const HostsFile file = read_hosts_file();
  EXPECT_EQ(file.default_name, "garage");
  const upyclient::Host& garage = file.find("garage");
  EXPECT_EQ(garage.address.url(), "tls://garage.lan:7533");
  EXPECT_EQ(garage.ca, place() + "/lan.crt");
  EXPECT_EQ(garage.cert, "/elsewhere/me.crt");
  EXPECT_EQ(file.find("local").ca, "");
  const std::string fault = fault_of([&] { (void)file.find("grage"); });
  EXPECT_TRUE(fault.starts_with("there is no host 'grage'; did you mean 'garage'?")) << fault;
}

TEST_F(HostsFileTest, WithoutAFileThereAreNone) {
  const HostsFile file = read_hosts_file();
  EXPECT_TRUE(file.hosts.empty());
  EXPECT_EQ(file.default_name, "");
}

TEST_F(HostsFileTest, SaysWhatIsWrong) {
  const std::string where = place() + "/hosts.toml:";
  EXPECT_EQ(fault_in("[hosts.a]\nca = \"x\""), where + "1: a host needs 'url'");
  EXPECT_TRUE(fault_in("[hosts.a]\nurl = \"http://x\"").starts_with(where + "2: 'http://x' is no address of upyd"));
  EXPECT_TRUE(fault_in("[hosts.a]\nurl = \"tls://x:1\"\nsert = \"x\"").starts_with(where + "3: there is no setting"));
  EXPECT_EQ(fault_in("default = \"b\"\n[hosts.a]\nurl = \"tls://x:1\""), where + "1: 'default': there is no [hosts.b]");
  EXPECT_TRUE(fault_in("[host.a]").starts_with(where + "1: there is no setting 'host'"));
}

}  // namespace
