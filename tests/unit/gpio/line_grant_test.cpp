#include "gpio/line_grant.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

TEST(LineGrantTest, AllowsNothingUnasked) { EXPECT_EQ(LineGrant().access("gpiochip0:1", "LED"), LineAccess::None); }

TEST(LineGrantTest, MatchesTheIdOrTheName) {
  const LineGrant grant({"gpiochip0:1?", "LED"}, {"gpiochip1:*", "gpiochip0:*"});
  EXPECT_EQ(grant.access("gpiochip0:17", ""), LineAccess::Output);
  EXPECT_EQ(grant.access("gpiochip7:3", "LED"), LineAccess::Output);
  EXPECT_EQ(grant.access("gpiochip1:3", "X"), LineAccess::Input);
  EXPECT_EQ(grant.access("gpiochip0:1", ""), LineAccess::Input);
  EXPECT_EQ(grant.access("gpiochip2:3", "led"), LineAccess::None);
}

TEST(LineGrantTest, ALineWithoutNameMatchesByIdOnly) {
  const LineGrant grant({"[!g]*"}, {""});
  EXPECT_EQ(grant.access("gpiochip0:1", ""), LineAccess::None);
}

}  // namespace
}  // namespace upyd
