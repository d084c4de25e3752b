#include "events/recent_errors.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

TEST(RecentErrorsTest, KeepsTheLatest) {
  const Owners owners;
  RecentErrors errors(owners);
  EXPECT_TRUE(errors.all().empty());
  for (uint64_t run = 1; run <= RecentErrors::kMost + 3; ++run) errors.add("a", run, "ValueError: no");
  const auto all = errors.all();
  ASSERT_EQ(all.size(), RecentErrors::kMost);
  EXPECT_EQ(all.front().run_id, 4u);
  EXPECT_EQ(all.back().run_id, RecentErrors::kMost + 3);
  EXPECT_EQ(all.back().instance, "a");
  EXPECT_EQ(all.back().text, "ValueError: no");
}

TEST(RecentErrorsTest, WhatGoesWrongOftenDoesNotHideOthers) {
  const Owners owners;
  RecentErrors errors(owners);
  errors.add("quiet", 1, "ValueError: no");
  for (uint64_t run = 2; run <= 3 * RecentErrors::kMost; ++run) errors.add("loop", run, "OSError: 5");
  const auto all = errors.all();
  ASSERT_EQ(all.size(), RecentErrors::kMost);
  EXPECT_EQ(all.front().instance, "quiet");
  EXPECT_EQ(all.back().run_id, 3 * RecentErrors::kMost);
}

TEST(RecentErrorsTest, ATextIsOneShortLine) {
  const Owners owners;
  RecentErrors errors(owners);
  errors.add("a", 0, "Traceback:\n  File\nValueError: " + std::string(10'000, 'x') + "\n\n");
  errors.add("a", 0, "\n");
  errors.add("a", 0, "not \xFF UTF-8");
  const auto all = errors.all();
  EXPECT_EQ(all[0].text.size(), RecentErrors::kLongestText);
  EXPECT_TRUE(all[0].text.starts_with("ValueError: xx")) << all[0].text;
  EXPECT_EQ(all[1].text, "");
  EXPECT_EQ(all[2].text, "not \xEF\xBF\xBD UTF-8");
}

}  // namespace
}  // namespace upyd
