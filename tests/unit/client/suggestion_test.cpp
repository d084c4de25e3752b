#include "upyctl/suggestion.h"

#include <gtest/gtest.h>

namespace {

using upyctl::did_you_mean;

TEST(Suggestion, IsTheNearestWord) {
  const std::vector<std::string> verbs = {"run", "rm", "ps", "interrupt", "console", "status", "stop"};
  EXPECT_EQ(did_you_mean("interupt", verbs), "; did you mean 'interrupt'?");
  EXPECT_EQ(did_you_mean("sp", verbs), "; did you mean 'ps'?") << "letters that changed their places are one mistake";
  EXPECT_EQ(did_you_mean("stauts", verbs), "; did you mean 'status'?");
  EXPECT_EQ(did_you_mean("rn", verbs), "; did you mean 'run'?");
}

TEST(Suggestion, IsNoneIfNoneIsNear) {
  const std::vector<std::string> verbs = {"run", "ps", "x"};
  for (const char* typed : {"", "frobnicate", "y", "list"}) EXPECT_EQ(did_you_mean(typed, verbs), "") << typed;
  EXPECT_EQ(did_you_mean(std::string(10'000, 'a'), verbs), "");
  EXPECT_EQ(did_you_mean("run", {}), "");
}

}  // namespace
