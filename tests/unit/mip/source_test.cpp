#include "mip/source.h"

#include <gtest/gtest.h>

#include <fstream>

#include "mip/manifest.h"
#include "support/temporary_directory.h"
#include "support/web_server.h"

namespace mip {
namespace {

using test_support::WebServer;

class SourceTest : public testing::Test {
 protected:
  std::string refusal(const std::string& location) {
    try {
      source.get(location);
      return "";
    } catch (const PackageError& error) {
      return error.what();
    }
  }

  Source source;
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(SourceTest, GetsWhatTheServerHas) {
  const std::string bytes("a\0\xFF\n", 4);
  WebServer server({{"/a.py", {bytes}}, {"/empty", {""}}});
  EXPECT_EQ(source.get(server.url() + "/a.py"), bytes);
  EXPECT_EQ(source.get(server.url() + "/empty"), "");
  EXPECT_EQ(source.get(server.url() + "/b.py"), std::nullopt);
}

TEST_F(SourceTest, FollowsTheServerElsewhere) {
  WebServer server({{"/old", {"", "302 Found", "Location: /new\r\n"}},
                    {"/new", {"here"}},
                    {"/round", {"", "302 Found", "Location: /round\r\n"}},
                    {"/file", {"", "302 Found", "Location: file:///etc/passwd\r\n"}}});
  EXPECT_EQ(source.get(server.url() + "/old"), "here");
  EXPECT_TRUE(contains(refusal(server.url() + "/round"), "redirects"));
  EXPECT_TRUE(contains(refusal(server.url() + "/file"), "cannot get"));
}

TEST_F(SourceTest, SaysWhatTheServerAnswers) {
  WebServer server({{"/a.py", {"", "503 Service Unavailable"}}});
  EXPECT_EQ(refusal(server.url() + "/a.py"), "cannot get '" + server.url() + "/a.py': the server answers 503");
}

TEST_F(SourceTest, SaysWhyThereIsNoAnswer) {
  std::string url;
  { url = WebServer({}).url(); }
  EXPECT_TRUE(contains(refusal(url + "/a.py"), "cannot get '" + url + "/a.py': "));
}

TEST_F(SourceTest, TakesNoMoreThanItsBound) {
  WebServer server({{"/large", {std::string(Source::kMostBytes + 1, 'x')}}});
  EXPECT_TRUE(contains(refusal(server.url() + "/large"), "is larger than 16 MiB"));
  EXPECT_EQ(refusal("/dev/zero"), "'/dev/zero' is larger than 16 MiB");
}

TEST_F(SourceTest, ReadsFilesOfThisMachine) {
  test_support::TemporaryDirectory directory;
  std::ofstream(directory.file("a.py")) << "a";
  EXPECT_EQ(source.get(directory.file("a.py")), "a");
  EXPECT_EQ(source.get(directory.file("b.py")), std::nullopt);
  EXPECT_TRUE(contains(refusal(directory.path().string()), "cannot read '" + directory.path().string() + "'"));
}

}  // namespace
}  // namespace mip
