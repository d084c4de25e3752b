#include "system/resident_memory.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "system/process_figures.h"

namespace upyd {
namespace {

TEST(ResidentMemoryTest, GivesBackAndKeepsWhatIsNeeded) {
  std::vector<int> numbers(1'000'000);
  std::iota(numbers.begin(), numbers.end(), 0);
  const uint64_t before = process_figures().resident_bytes;
  give_back_memory();
  const uint64_t after = process_figures().resident_bytes;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(after, before - (1u << 20));
#else
  EXPECT_GT(before, 0u);
#endif
  EXPECT_GE(after, numbers.size() * sizeof(int));
  for (int round = 0; round < 3; ++round) {
    give_back_memory();
    EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), int64_t{0}), int64_t{499'999'500'000});
  }
}

TEST(ProcessFiguresTest, AreThoseOfTheProcess) {
  const ProcessFigures figures = process_figures();
  EXPECT_GT(figures.resident_bytes, 1u << 20);
  EXPECT_GT(figures.virtual_bytes, figures.resident_bytes);
  EXPECT_GE(figures.threads, 1u);
  EXPECT_GT(figures.cpu_ns, 0);
  EXPECT_GT(figures.open_files, 2u);
  EXPECT_GE(figures.max_open_files, figures.open_files);
}

}  // namespace
}  // namespace upyd
