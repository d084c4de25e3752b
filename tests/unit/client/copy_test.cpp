#include <gtest/gtest.h>

#include "upyctl/file_side.h"
#include "upyctl/progress.h"

namespace upyctl {
namespace {

TEST(PathTest, TheLastNameIsWhatACopyIsCalled) {
  EXPECT_EQ(last_name("a"), "a");
  EXPECT_EQ(last_name("/a/b.py"), "b.py");
  EXPECT_EQ(last_name("a/b//"), "b");
  for (const std::string path : {"", "/", ".", "..", "a/.", "a/..", "a/../"}) EXPECT_EQ(last_name(path), "") << path;
}

TEST(PathTest, JoinsNames) {
  EXPECT_EQ(join("", "a"), "a");
  EXPECT_EQ(join("/", "a"), "/a");
  EXPECT_EQ(join("a", "b"), "a/b");
  EXPECT_EQ(join("a/", "b"), "a/b");
}

TEST(ProgressTest, TellsNamePartAndSpeed) {
  const auto line = [](const std::string& file, const CopiedSoFar& copied) { return progress_line(file, copied, 79); };
  EXPECT_EQ(line("f", {3 << 20, 4 << 20, 1.5}),
            "f                        [######################--------]  75%  2 MiB/s");
  EXPECT_EQ(line("f", {0, 10, 0}), "f                        [------------------------------]   0%  0 B/s");
  EXPECT_EQ(line("f", {0, 0, 1}), "f                        [##############################] 100%  0 B/s");
  EXPECT_EQ(line("f", {20, 10, 1}).substr(58, 4), "100%") << "a file that grew";
  EXPECT_EQ(line("a/very/long/path/to/some/module.py", {1, 2, 1}).substr(0, 24), "...ath/to/some/module.py");
}

TEST(ProgressTest, StaysInOneLineOfTheTerminal) {
  const CopiedSoFar copied{3 << 20, 4 << 20, 1.5};
  EXPECT_EQ(progress_line("f", copied, 60), "f                         75%  2 MiB/s");
  for (size_t columns = 0; columns < 100; ++columns) EXPECT_LE(progress_line("f", copied, columns).size(), columns);
  EXPECT_EQ(progress_line("\x1b[2J", copied, 79).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace upyctl
