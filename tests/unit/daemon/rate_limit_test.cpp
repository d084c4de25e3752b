#include "system/rate_limit.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

using std::chrono::seconds;

TEST(RateLimitTest, HoldsBackAndCounts) {
  RateLimit limit(2, seconds(10));
  const RateLimit::Time start(seconds(1000));
  EXPECT_EQ(limit.pass(start), 0u);
  EXPECT_EQ(limit.pass(start + seconds(1)), 0u);
  EXPECT_FALSE(limit.pass(start + seconds(2)));
  EXPECT_FALSE(limit.pass(start + seconds(9)));
  EXPECT_EQ(limit.pass(start + seconds(10)), 2u);
  EXPECT_EQ(limit.pass(start + seconds(11)), 0u);
  EXPECT_FALSE(limit.pass(start + seconds(12)));
}

}  // namespace
}  // namespace upyd
