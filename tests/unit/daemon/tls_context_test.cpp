#include "tls/tls_context.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/authority.h"
#include "support/temporary_directory.h"
#include "upyd/settings/config_section.h"

namespace upyd {
namespace {

using test_support::Authority;

class TlsContextTest : public testing::Test {
 protected:
  TlsContextTest() {
    write("ca.crt", authority_.cert());
    take(authority_.issue_server());
    settings_ = {.cert = file("own.crt"), .key = file("own.key"), .client_ca = file("ca.crt"), .crl = "", .deny = {}};
  }
  std::string file(const std::string& name) const { return directory_.file(name); }
  void write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    std::ofstream(file(name)) << text;
    chmod(file(name).c_str(), mode);
  }
  void take(const Authority::Issued& issued) const {
    write("own.crt", issued.cert);
    write("own.key", issued.key);
  }
  std::string fault() const {
    try {
      TlsContext context(settings_);
      const auto faults = context.faults_now();
      return faults.empty() ? "" : faults.front();
    } catch (const ConfigError& error) {
      return error.what();
    }
  }
  void expect_fault(const std::string& part) const { EXPECT_NE(fault().find(part), std::string::npos) << fault(); }

  const test_support::TemporaryDirectory directory_;
  Authority authority_{"test"};
  TlsSettings settings_;
};

TEST_F(TlsContextTest, TakesFilesThatAreRight) {
  EXPECT_EQ(fault(), "");
  write("crl.pem", authority_.revoked({17}));
  settings_.crl = file("crl.pem");
  EXPECT_EQ(fault(), "");
}

TEST_F(TlsContextTest, SaysWhichFileIsWrong) {
  settings_.client_ca = file("none.crt");
  expect_fault("'tls.client_ca': '" + file("none.crt") + "' can't be read: No such file");
  settings_.client_ca = file("own.key");
  expect_fault("holds no certificate in PEM form");
  write("bad.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  settings_.client_ca = file("bad.crt");
  expect_fault("is malformed");
  settings_.client_ca = file("ca.crt");
  settings_.crl = file("ca.crt");
  expect_fault("'tls.crl': '" + file("ca.crt") + "' holds no list of revoked certificates");
}

TEST_F(TlsContextTest, KeyAndCertificateAreAPairThatNobodyElseReads) {
  write("own.key", authority_.issue_server().key);
  expect_fault("is not the key of the certificate");
  take(authority_.issue_server());
  chmod(file("own.key").c_str(), 0644);
  expect_fault("may be read by every user: chmod o= ");
  chmod(file("own.key").c_str(), 0640);
  EXPECT_EQ(fault(), "");
  write("own.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
  expect_fault("holds no private key in PEM form without a passphrase");
  take(authority_.issue_client("alice"));
  expect_fault("is not for servers");
}

TEST_F(TlsContextTest, KnowsWhatDoesNotHoldNow) {
  take(authority_.issue_server(-3600, -60));
  expect_fault("has expired on ");
  take(authority_.issue_server(600, 3600));
  expect_fault("is the clock right?");
  take(authority_.issue_server());
  write("crl.pem", authority_.revoked({}, -60));
  settings_.crl = file("crl.pem");
  expect_fault("is out of date since ");
}

}  // namespace
}  // namespace upyd
