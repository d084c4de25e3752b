#include "system/crash_report.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "support/sanitizers.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

class CrashReportTest : public testing::Test {
 protected:
  void write(const std::string& text) { std::ofstream(directory_.file("crash"), std::ios::app) << text; }
  std::vector<CrashNote> read() const { return read_crashes(directory_.path()); }

  test_support::TemporaryDirectory directory_;
};

TEST_F(CrashReportTest, NotesAreRead) {
  EXPECT_TRUE(read().empty());
  write("\n12 SIGSEGV main 7 33 /lib/a b.py\n13 SIGABRT other 0\n\nnonsense\n14 SIGBUS main 8");
  const auto notes = read();
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_EQ(notes[0].time_s, 12);
  EXPECT_EQ(notes[0].signal, "SIGSEGV");
  EXPECT_EQ(notes[0].instance, "main");
  EXPECT_EQ(notes[0].run_id, 7u);
  EXPECT_EQ(notes[0].line, 33);
  EXPECT_EQ(notes[0].file, "/lib/a b.py");
  EXPECT_EQ(notes[1].instance, "other");
  EXPECT_EQ(notes[1].file, "");
  EXPECT_EQ(notes[2].run_id, 8u) << "it ended before it could say where";
}

TEST_F(CrashReportTest, ThoseOfAnInstanceAreForgotten) {
  write("\n12 SIGSEGV main 7 33 a b.py\n13 SIGABRT other 0\n14 SIGBUS main 8");
  forget_crashes(directory_.path(), "main");
  forget_crashes(directory_.path(), "nobody");
  ASSERT_EQ(read().size(), 1u);
  EXPECT_EQ(read()[0].instance, "other");
}

TEST_F(CrashReportTest, ACrashIsReportedBesideTheEarlierOnes) {
  if (kSanitized) GTEST_SKIP() << "the sanitizers report crashes themselves";
  for (int i = 0; i < 200; ++i) write(std::to_string(i) + " SIGSEGV old 1 1 x.py\n");
  const pid_t child = fork();
  if (child == 0) {
    close(STDERR_FILENO);
    report_crashes(directory_.path());
    this_thread_is_of("main");
    this_thread_runs(7);
    abort();
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
  const auto notes = read();
  EXPECT_EQ(notes.size(), 101u) << "the latest hundred, and the new one";
  EXPECT_EQ(notes[0].time_s, 100);
  EXPECT_EQ(notes.back().instance, "main");
  EXPECT_EQ(notes.back().run_id, 7u);
  EXPECT_EQ(notes.back().signal, "SIGABRT");
}

}  // namespace
}  // namespace upyd
