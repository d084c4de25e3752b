#include "config/blob_key.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

class BlobKeyTest : public testing::Test {
 protected:
  std::string key(const std::string& directory) { return installation_key(directory, log_); }
  std::string state() const { return directory_.file("state"); }
  std::string file() const { return state() + "/blob.key"; }
  /// What was logged since the last call.
  std::string logged() {
    const std::string text = text_.str();
    text_.str("");
    return text;
  }

 private:
  const test_support::TemporaryDirectory directory_;
  std::ostringstream text_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_)};
};

TEST_F(BlobKeyTest, IsMadeOnce) {
  const std::string first = key(state());
  EXPECT_EQ(first.size(), 32u);
  EXPECT_NE(first, std::string(32, '\0'));
  EXPECT_EQ(key(state()), first);
  struct stat about {};
  ASSERT_EQ(stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(logged(), "");
}

TEST_F(BlobKeyTest, LastsAsLongAsTheProcessWhereItCannotBeKept) {
  const std::string first = key("/dev/null/state"), second = key("/dev/null/state");
  EXPECT_EQ(first.size(), 32u);
  EXPECT_NE(first, second);
  EXPECT_NE(logged().find("they run until upyd is restarted"), std::string::npos);
  EXPECT_EQ(key("").size(), 32u);
  EXPECT_NE(logged().find("XDG_STATE_HOME"), std::string::npos);
}

TEST_F(BlobKeyTest, AFileThatIsNoSecretKeyIsNotUsed) {
  const std::string first = key(state());
  chmod(file().c_str(), 0644);
  EXPECT_NE(key(state()), first);
  EXPECT_NE(logged().find("chmod 600"), std::string::npos);
  chmod(file().c_str(), 0600);
  EXPECT_EQ(key(state()), first);
  for (const char* content : {"", "short", "a text that is longer than a key can be"}) {
    std::ofstream(file(), std::ios::trunc) << content;
    EXPECT_EQ(key(state()).size(), 32u);
    EXPECT_NE(logged().find("remove it"), std::string::npos) << content;
  }
}

}  // namespace
}  // namespace upyd
