#include "files/aside_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using Replace = FileTree::Replace;

class AsideFileTest : public testing::Test {
 protected:
  AsideFileTest() : root_(open(directory_.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), Links::Refuse) {}

  bool has_nameless_files() const {
    const int descriptor = open(directory_.path().c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600);
    return descriptor >= 0 && close(descriptor) == 0;
  }
  void begin(AsideFile& file) const {
    ASSERT_FALSE(file.open(root_.descriptor(), ".aside"));
    ASSERT_FALSE(file.write("new", 3));
  }
  upy::PortError move(AsideFile& file, const std::string& to, Replace replace) const {
    rooted::Entry entry;
    EXPECT_FALSE(rooted::Entry::open(root_, to, entry));
    return file.move_to(entry, replace);
  }
  std::string text(const std::string& name) const {
    std::string text;
    std::getline(std::ifstream(directory_.file(name)) >> std::ws, text);
    return text;
  }

  const test_support::TemporaryDirectory directory_;
  const FileRoot root_;
};

TEST_F(AsideFileTest, HasNoNameUntilItIsMoved) {
  if (!has_nameless_files()) GTEST_SKIP() << "this file system has no files without a name";
  AsideFile file;
  begin(file);
  EXPECT_TRUE(fs::is_empty(directory_.path())) << "a kill now would leave nothing";
}

TEST_F(AsideFileTest, NothingIsLeftOfOneThatWasNotMoved) {
  std::ofstream(directory_.file("there")) << "old";
  {
    AsideFile file;
    begin(file);
    EXPECT_EQ(move(file, "/there", Replace::Refused).number, EEXIST);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), {}), 1);
  EXPECT_EQ(text("there"), "old");
}

TEST_F(AsideFileTest, TakesTheNameAsAWhole) {
  std::ofstream(directory_.file("there")) << "old";
  AsideFile first, second;
  begin(first);
  EXPECT_FALSE(move(first, "/there", Replace::Allowed));
  begin(second);
  EXPECT_FALSE(move(second, "/absent", Replace::Refused));
  EXPECT_EQ(text("there"), "new");
  EXPECT_EQ(text("absent"), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), {}), 2);
}

}  // namespace
}  // namespace upyd
