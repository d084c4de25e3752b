#include "mip/location.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace mip {
namespace {

TEST(PackageRequests, NameAVersionBehindAnAt) {
  EXPECT_EQ(parse_request("aioble"), (PackageRequest{"aioble", ""}));
  EXPECT_EQ(parse_request("aioble@0.6.1"), (PackageRequest{"aioble", "0.6.1"}));
  EXPECT_EQ(parse_request("github:org/repo@feature/new"), (PackageRequest{"github:org/repo", "feature/new"}));
}

TEST(PackageRequests, AnAtInAWebUrlIsPartOfIt) {
  EXPECT_EQ(parse_request("https://me@example.com/a.py"), (PackageRequest{"https://me@example.com/a.py", ""}));
}

TEST(Urls, OfRepositoriesLeadToTheirRawFiles) {
  EXPECT_EQ(web_url("github:org/repo/dir/a.py", ""), "https://raw.githubusercontent.com/org/repo/HEAD/dir/a.py");
  EXPECT_EQ(web_url("github:org/repo/a.py", "v2"), "https://raw.githubusercontent.com/org/repo/v2/a.py");
  EXPECT_EQ(web_url("gitlab:org/repo/a.py", "main"), "https://gitlab.com/org/repo/-/raw/main/a.py");
  EXPECT_EQ(web_url("codeberg:org/repo/dir/a.py", "v1"),
            "https://codeberg.org/api/v1/repos/org/repo/raw/dir/a.py?ref=v1");
}

TEST(Urls, OfTheWebAreThemselves) { EXPECT_EQ(web_url("http://example.com/a.py", "v1"), "http://example.com/a.py"); }

TEST(Urls, WithoutARepositoryAreRefused) {
  EXPECT_THROW(web_url("github:org", ""), std::invalid_argument);
  EXPECT_THROW(web_url("gitlab:/repo/a.py", ""), std::invalid_argument);
}

TEST(Urls, AreToldFromNamesAndPaths) {
  EXPECT_TRUE(is_url("https://example.com/"));
  EXPECT_TRUE(is_url("codeberg:org/repo"));
  EXPECT_FALSE(is_url("aioble"));
  EXPECT_FALSE(is_url("lib/https.py"));
}

TEST(Locations, AreRelativeToThePackageThatNamesThem) {
  EXPECT_EQ(beside("github:org/repo/package.json", "lib/a.py"), "github:org/repo/lib/a.py");
  EXPECT_EQ(beside("package.json", "a.py"), "a.py");
  EXPECT_EQ(beside("https://example.com/package.json", "github:org/repo/a.py"), "github:org/repo/a.py");
}

}  // namespace
}  // namespace mip
