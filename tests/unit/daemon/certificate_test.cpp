#include "tls/certificate.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "access/access_rule.h"
#include "support/authority.h"

namespace upyd {
namespace {

using test_support::Authority;

OpenSslPtr<X509> read(const std::string& pem) {
  const OpenSslPtr<BIO> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return OpenSslPtr<X509>(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
}

class CertificateTest : public testing::Test {
 protected:
  /// Nobody where it proves nothing.
  Identity identity(std::vector<std::string> common_names, const std::string& alternative_names = "") {
    const auto issued =
        authority_.issue({.common_names = std::move(common_names), .alternative_names = alternative_names});
    return identity_of(*read(issued.cert), why_).value_or(Identity{});
  }

  using Names = std::vector<std::string>;
  Authority authority_{"test"};
  std::string why_;
};

TEST_F(CertificateTest, NamesAreTheCommonOneHostsAndUris) {
  const Identity all = identity({"alice"}, "DNS:Alice.LAN,URI:spiffe://lan/alice,IP:10.0.0.1,email:alice@lan");
  EXPECT_EQ(all.names, (Names{"certificate:alice", "dns:alice.lan", "uri:spiffe://lan/alice"}));
  EXPECT_EQ(all.name(), "certificate:alice");
  EXPECT_EQ(identity({}, "DNS:a.lan,URI:spiffe://lan/a").name(), "uri:spiffe://lan/a");
  EXPECT_EQ(identity({}, "DNS:b.lan,DNS:a.lan").name(), "dns:b.lan") << "the first";
}

TEST_F(CertificateTest, WhatCanBeReadInTwoWaysProvesNothing) {
  EXPECT_EQ(identity({"alice", "root"}).kind, Identity::Kind::Nobody);
  EXPECT_NE(why_.find("several common names"), std::string::npos);
  EXPECT_EQ(identity({std::string("root\0.evil.lan", 14)}).kind, Identity::Kind::Nobody);
  EXPECT_EQ(identity({"a\nb"}).kind, Identity::Kind::Nobody);
  EXPECT_EQ(identity({}).kind, Identity::Kind::Nobody);
  EXPECT_NE(why_.find("neither a common name"), std::string::npos);
}

TEST_F(CertificateTest, AWildcardIsNoName) {
  EXPECT_EQ(identity({}, "DNS:*.lan").kind, Identity::Kind::Nobody);
  EXPECT_EQ(identity({"alice"}, "DNS:*.lan").names, Names{"certificate:alice"});
  EXPECT_EQ(identity({"*"}).names, Names{"certificate:*"}) << "which no rule takes for a pattern";
}

TEST_F(CertificateTest, KindsOfNamesAreNotMixedUp) {
  const AccessRules rules{{{{Subject::Kind::Certificate, 0, "dns:alice"}, Role::Admin, {}},
                           {{Subject::Kind::Certificate, 0, "certificate:bob"}, Role::Viewer, {}}}};
  EXPECT_EQ(rules.role(identity({"alice"})), Role::None);
  EXPECT_EQ(rules.role(identity({"x"}, "DNS:alice")), Role::Admin);
  EXPECT_EQ(rules.role(identity({"dns:alice"})), Role::None);
  EXPECT_EQ(rules.role(identity({"bob"})), Role::Viewer);
  EXPECT_EQ(rules.relevant(identity({"eve"})), Identity{});
  EXPECT_EQ(rules.relevant(identity({"x"}, "DNS:alice,DNS:more")).names, Names{"dns:alice"});
}

TEST(FingerprintTest, IsReadAsOpenSslPrintsIt) {
  Authority authority("test");
  const auto issued = authority.issue_client("alice");
  std::string digits = issued.fingerprint;
  std::erase(digits, ':');
  EXPECT_EQ(parse_fingerprint(issued.fingerprint), fingerprint_of(*read(issued.cert)));
  EXPECT_EQ(parse_fingerprint(digits), fingerprint_of(*read(issued.cert)));
  for (const std::string& text : {digits + "0", digits.substr(2), "g" + digits.substr(1), std::string()}) {
    EXPECT_FALSE(parse_fingerprint(text)) << text;
  }
}

}  // namespace
}  // namespace upyd
