#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>
#include <optional>

#include "rpc/rpc_test.h"
#include "rpc/stated_access.h"
#include "support/authority.h"
#include "support/free_port.h"
#include "support/process.h"

namespace upyd {
namespace {

using test_support::Authority;
using test_support::Process;
using test_support::ProcessEnd;
using test_support::run_process;

/// Files that both ends of TLS need, in a directory of their own.
class TlsFiles {
 public:
  TlsFiles() {
    write("ca.crt", authority.cert());
    write("other-ca.crt", other_authority.cert());
    write_pair("upyd", authority.issue_server());
    write_pair("operator", authority.issue_client("operator"));
    write_pair("viewer", authority.issue({.common_names = {"v"}, .alternative_names = "DNS:Viewer.lan"}));
    write_pair("admin", authority.issue({.common_names = {}, .alternative_names = "URI:spiffe://lan/admin"}));
    write_pair("stranger", authority.issue_client("stranger"));
    write_pair("expired", authority.issue({.common_names = {"operator"}, .end_s = -60}));
    write_pair("early", authority.issue({.common_names = {"operator"}, .begin_s = 3600, .end_s = 7200}));
    write_pair("server", authority.issue_server());
    write_pair("foreign", other_authority.issue_client("operator"));
    write_pair("two-names", authority.issue({.common_names = {"stranger", "operator"}}));
    const auto revoked = authority.issue_client("operator"), denied = authority.issue_client("operator");
    write_pair("revoked", revoked);
    write_pair("denied", denied);
    denied_fingerprint = denied.fingerprint;
    revoked_serials = {revoked.serial};
    revoke(revoked.serial);
  }
  std::string file(const std::string& name) const { return directory_.file(name); }
  /// Replaces it at once.
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name + ".new")) << text;
    chmod(file(name + ".new").c_str(), 0600);
    rename(file(name + ".new").c_str(), file(name).c_str());
  }
  void write_pair(const std::string& name, const Authority::Issued& issued) const {
    write(name + ".crt", issued.cert);
    write(name + ".key", issued.key);
  }
  void revoke(long serial) {
    revoked_serials.push_back(serial);
    write("crl.pem", authority.revoked(revoked_serials));
  }
  /// With rules for those who have one.
  std::string config() const {
    return fmt::format(R"(grace_ms = 300
[tls]
cert = "{0}/upyd.crt"
key = "{0}/upyd.key"
client_ca = "{0}/ca.crt"
crl = "{0}/crl.pem"
deny = ["{1}"]
[[access.rule]]
who = "certificate:operator"
role = "operator"
[[access.rule]]
who = "dns:viewer.lan"
role = "viewer"
[[access.rule]]
who = "uri:spiffe://lan/admin"
role = "admin"
)",
                       directory_.path().string(), denied_fingerprint);
  }

  Authority authority{"lan"}, other_authority{"elsewhere"};
  std::vector<long> revoked_serials;
  std::string denied_fingerprint;

 private:
  const test_support::TemporaryDirectory directory_;
};

class TlsTest : public testing::Test {
 protected:
  std::string host() const { return "localhost:" + std::to_string(port_); }
  std::string url() const { return "tls://" + host(); }
  upyclient::Host as(const std::string& name) const {
    return {Address::parse(url()), files_.file("ca.crt"), files_.file(name + ".crt"), files_.file(name + ".key")};
  }
  upyclient::Connection connect(const std::string& name) const { return upyclient::Connection(as(name)); }
  /// How each call ends that somebody makes; nobody's name: without a certificate.
  std::map<std::string, int> codes(const std::string& name, const std::string& instance) const {
    std::vector<std::string> environment{"TLS_CA=" + files_.file("ca.crt")};
    if (!name.empty()) {
      environment.insert(environment.end(),
                         {"TLS_CERT=" + files_.file(name + ".crt"), "TLS_KEY=" + files_.file(name + ".key")});
    }
    return read_codes(run_process({CALL_EACH_PATH, host(), instance}, environment).out);
  }
  ProcessEnd upyctl(const std::string& name, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {UPYCTL_PATH, "--host", url(), "--ca", files_.file("ca.crt"), "--cert",
                                         files_.file(name + ".crt"), "--key", files_.file(name + ".key")});
    return run_process(arguments);
  }
  void create(const std::string& name) {
    v1::CreateInstanceRequest request;
    request.set_name(name);
    upyd_.connection().create_instance(request);
  }
  /// What a call of somebody's ends with.
  static std::string fault_of(const upyclient::Host& host) {
    try {
      upyclient::Connection(host).get_status();
    } catch (const upyclient::Error& error) {
      return error.what();
    }
    return "";
  }
  static void expect_in(const std::string& part, const std::string& text) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in: " << text;
  }

  TlsFiles files_;
  const uint16_t port_ = test_support::free_port();
  test_support::UpydProcess upyd_{files_.config(), "", {}, test_support::UpydProcess::kUpyd, {url()}};
};

TEST_F(TlsTest, EachCallNeedsWhatIsStated) {
  create("bench");
  expect_as_stated(codes("stranger", "bench"), Role::None, Role::None, "stranger");
  expect_as_stated(codes("viewer", "bench"), Role::Viewer, Role::Viewer, "viewer");
  expect_as_stated(codes("operator", "bench"), Role::Operator, Role::None, "operator");
  expect_as_stated(codes("admin", "bench"), Role::Admin, Role::Admin, "admin");
}

TEST_F(TlsTest, WhoHasNoGoodCertificateMakesNoCall) {
  create("bench");
  for (const char* const name : {"", "revoked", "denied", "expired", "early", "foreign", "server", "two-names"}) {
    const auto ends = codes(name, "bench");
    ASSERT_FALSE(ends.empty());
    for (const auto& [method, code] : ends) EXPECT_EQ(code, grpc::StatusCode::UNAVAILABLE) << method << " by " << name;
  }
  for (const char* const why :
       {"it has no certificate", "CN=operator': certificate revoked", "tls.deny names it", "certificate has expired",
        "not yet valid", "unable to get local issuer certificate", "it has several common names"}) {
    EXPECT_TRUE(upyd_.logs(why)) << why;
  }
}

TEST_F(TlsTest, WhoMakesAnInstanceOwnsIt) {
  ASSERT_EQ(upyctl("operator", {"create", "mine"}).exit_status, 0);
  EXPECT_EQ(upyctl("operator", {"exec", "-i", "mine", "print(6 * 7)"}).out, "42\n");
  v1::GetInstanceRequest request;
  request.set_name("mine");
  EXPECT_EQ(upyd_.connection().get_instance(request).config().owner(), "certificate:operator");
  files_.write_pair("renewed", files_.authority.issue_client("operator"));
  EXPECT_EQ(upyctl("renewed", {"exec", "-i", "mine", "print(1)"}).out, "1\n");
  expect_in("'mine' is of certificate:operator", upyctl("viewer", {"exec", "-i", "mine", "print(1)"}).err);
}

/// A stream that somebody has open: the events of upyd.
class Watching {
 public:
  /// Sees all from here on.
  explicit Watching(const upyclient::Host& host) : connection_(host), stream_(connection_.watch_events({})) {
    v1::WatchEventsResponse first;
    stream_.read(first);
  }
  /// Whether it gets an event of an instance.
  bool sees(const std::string& instance) {
    for (v1::WatchEventsResponse response; stream_.read(response);) {
      for (const v1::Event& event : response.events()) {
        if (event.instance() == instance) return true;
      }
    }
    return false;
  }
  /// What it ends with.
  std::string end() {
    try {
      for (v1::WatchEventsResponse response; stream_.read(response);) {
      }
    } catch (const upyclient::Error& error) {
      return error.what();
    }
    return "";
  }

 private:
  upyclient::Connection connection_;
  upyclient::WatchStream stream_;
};

TEST_F(TlsTest, CertificatesAreRenewedUnderOpenStreams) {
  Watching watching(as("admin"));
  create("first");
  ASSERT_TRUE(watching.sees("first"));
  files_.write("ca.crt", files_.other_authority.cert() + files_.authority.cert());  // both, to the daemon
  files_.write_pair("upyd", files_.other_authority.issue_server());
  upyclient::Host host = as("admin");
  host.ca = files_.file("other-ca.crt");
  EXPECT_EQ(upyclient::Connection(host).get_status().instances(), 1u) << "no signal is needed";
  create("second");
  EXPECT_TRUE(watching.sees("second"));
  files_.write("upyd.key", "nothing");
  EXPECT_EQ(upyclient::Connection(host).get_status().instances(), 2u) << "what is wrong changes nothing";
  EXPECT_TRUE(upyd_.logs("go on to hold as they were: 'tls.key'"));
}

TEST_F(TlsTest, RevocationEndsOpenStreams) {
  const auto issued = files_.authority.issue({.common_names = {"v"}, .alternative_names = "DNS:viewer.lan"});
  files_.write_pair("lost", issued);
  Watching lost(as("lost")), other(as("viewer"));
  create("first");
  ASSERT_TRUE(lost.sees("first") && other.sees("first"));
  files_.revoke(issued.serial);
  upyd_.send_signal(SIGHUP);
  expect_in("is revoked", lost.end());
  create("second");
  EXPECT_TRUE(other.sees("second"));
  EXPECT_TRUE(upyd_.logs("ended the connection of certificate:v"));
}

TEST_F(TlsTest, DenyHoldsFromTheNextReloadOn) {
  const auto issued = files_.authority.issue_client("operator");
  files_.write_pair("lost", issued);
  EXPECT_EQ(fault_of(as("lost")), "");
  files_.denied_fingerprint = issued.fingerprint;
  upyd_.reload(files_.config());
  ASSERT_TRUE(upyd_.logs("now hold tls.deny"));
  expect_in("is revoked", fault_of(as("lost")));
  EXPECT_EQ(fault_of(as("operator")), "");
}

TEST_F(TlsTest, ClientsSayWhatIsWrong) {
  EXPECT_EQ(fault_of(as("operator")), "");
  upyclient::Host host = as("operator");
  host.cert = host.key = "";
  expect_in("wants to know who you are: give your certificate by --cert and --key", fault_of(host));
  expect_in("has expired: get a new one", fault_of(as("expired")));
  expect_in("is revoked", fault_of(as("revoked")));
  expect_in("does not know the authority that issued", fault_of(as("foreign")));
  host = as("operator");
  host.ca = files_.file("other-ca.crt");
  expect_in("is not of the authority in '" + host.ca + "'", fault_of(host));
  host = as("operator");
  host.address = Address::parse("tls://127.0.0.2:" + std::to_string(port_));
  const std::string refused = fault_of(host);
  expect_in("no upyd answers", refused);
  host.address = Address::parse("tcp://" + this->host());
  expect_in("speaks TLS: write tls://" + this->host(), fault_of(host));
  host = as("operator");
  host.key = files_.file("viewer.key");
  expect_in("is not the one of", fault_of(host));
  host.key = files_.file("none.key");
  expect_in("can't be read: No such file", fault_of(host));
}

TEST_F(TlsTest, ClientsSayWhatIsWrongWithUpyd) {
  files_.write_pair("upyd", files_.authority.issue_server(-3600, -60));
  expect_in("has expired: its administrator has to renew it", fault_of(as("operator")));
  files_.write_pair("upyd", files_.authority.issue({{"upyd"}, "DNS:garage.lan", "serverAuth"}));
  expect_in("is not for 'localhost', but for DNS:garage.lan", fault_of(as("operator")));
}

TEST(PlainTcpTest, IsNotTakenForTls) {
  const std::string host = "127.0.0.1:" + std::to_string(test_support::free_port());
  const test_support::UpydProcess upyd("insecure_tcp = true", "", {}, test_support::UpydProcess::kUpyd,
                                       {"tcp://" + host});
  EXPECT_TRUE(upyd.logs("has no protection: every user of this machine may do everything"));
  TlsFiles files;
  const ProcessEnd end = run_process({UPYCTL_PATH, "--host", "tls://" + host, "--ca", files.file("ca.crt"), "ps"});
  EXPECT_NE(end.err.find("does not speak TLS; without it, an upyd's address is tcp://" + host), std::string::npos)
      << end.err;
  EXPECT_EQ(run_process({UPYCTL_PATH, "--host", "tcp://" + host, "exec", "print(1)"}).out, "1\n");
}

}  // namespace
}  // namespace upyd
