#include "budget/budget.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace upyd {
namespace {

using testing::Test;

constexpr Budget::Kind kFirstCome{"max_things", "things", Budget::Sharing::FirstCome, "drop one"};
constexpr Budget::Kind kFair{"max_turns", "turns", Budget::Sharing::Fair, "wait"};
constexpr Budget::Kind kBytes{"some_memory", "bytes", Budget::Sharing::FirstCome, "use less"};

TEST(BudgetTest, WhatIsTakenIsGone) {
  Budget budget(kFirstCome, 3);
  const auto anna = budget.account("anna"), bert = budget.account("bert");
  EXPECT_TRUE(anna->take(2));
  EXPECT_FALSE(bert->take(2));
  EXPECT_TRUE(bert->take(1));
  EXPECT_EQ(budget.used(), 3u);
  EXPECT_EQ(budget.refusals(), 1u);
  anna->give_back(2);
  EXPECT_TRUE(bert->take(2));
  EXPECT_EQ(bert->used(), 3u);
}

TEST(BudgetTest, NobodyGetsMoreThanTheQuota) {
  Budget budget(kFirstCome, 100);
  const auto anna = budget.account("anna");
  EXPECT_TRUE(anna->take(2, 3));
  EXPECT_FALSE(anna->take(2, 3));
  EXPECT_TRUE(anna->take(1, 3));
}

/// One who takes all he gets leaves half, two leave a third.
TEST(BudgetTest, WhatIsSharedFairlyIsLeftForOthers) {
  Budget budget(kFair, 120);
  const auto take_all = [](Budget::Account& account) {
    while (account.take(1)) {
    }
  };
  const auto anna = budget.account("anna"), bert = budget.account("bert"), cleo = budget.account("cleo");
  take_all(*anna);
  EXPECT_EQ(anna->used(), 60u);
  take_all(*bert);
  EXPECT_EQ(bert->used(), 30u);
  EXPECT_TRUE(cleo->take(10));
  anna->give_back(60);
  take_all(*bert);
  EXPECT_GE(bert->used(), 50u);
}

TEST(BudgetTest, TheLastPieceOfAFairBudgetIsForSomebody) {
  Budget budget(kFair, 1);
  EXPECT_TRUE(budget.account("anna")->take(1));
}

TEST(BudgetTest, ZeroIsWithoutEnd) {
  Budget budget(kFair, 0);
  EXPECT_TRUE(budget.account("anna")->take(uint64_t{1} << 60));
}

TEST(BudgetTest, ALimitThatChangesTakesNothingAway) {
  Budget budget(kFirstCome, 3);
  const auto anna = budget.account("anna");
  EXPECT_TRUE(anna->take(3));
  budget.set_limit(2);
  EXPECT_FALSE(anna->take(1));
  EXPECT_EQ(budget.used(), 3u);
  budget.set_limit(4);
  EXPECT_TRUE(anna->take(1));
}

TEST(BudgetTest, ARefusalSaysWhichBudgetWhoseAndHowLarge) {
  Budget things(kFirstCome, 5), turns(kFair, 8), memory(kBytes, 4u << 20);
  const auto anna = things.account("uid:1000");
  ASSERT_TRUE(anna->take(3));
  EXPECT_EQ(anna->refusal(1, 3).error_code(), grpc::RESOURCE_EXHAUSTED);
  EXPECT_EQ(
      anna->refusal(1, 3).error_message(),
      "uid:1000 may have 3 things and has 3 things (max_things of an [[access.rule]] in upyd.toml): no room for 1 "
      "things more; drop one");
  EXPECT_EQ(anna->refusal(4).error_message(),
            "upyd has 5 things for all, of which 3 things are taken (max_things in upyd.toml): no room for 4 things "
            "more; drop one");
  const auto bert = turns.account("uid:1001");
  ASSERT_TRUE(bert->take(4));
  EXPECT_NE(bert->refusal(1).error_message().find("nobody gets more than is left for others"), std::string::npos)
      << bert->refusal(1).error_message();
  EXPECT_NE(memory.account("tcp")->refusal(5u << 20).error_message().find("upyd has 4 MiB for all"), std::string::npos);
}

TEST(BudgetTest, AChargeGivesBackWhatItHas) {
  Budget budget(kFirstCome, 10);
  {
    Charge charge(budget.account("anna"));
    EXPECT_TRUE(charge.set(4).ok());
    EXPECT_FALSE(charge.set(11).ok());
    EXPECT_EQ(budget.used(), 4u);
    EXPECT_TRUE(charge.set(1).ok());
    Charge other = std::move(charge);
    charge = Charge(budget.account("bert"));
    EXPECT_TRUE(charge.set(3).ok());
    EXPECT_EQ(budget.used(), 4u);
    EXPECT_EQ(budget.uses(), (std::vector<std::pair<std::string, uint64_t>>{{"anna", 1}, {"bert", 3}}));
    charge.set_anyway(20);
    EXPECT_EQ(budget.used(), 21u);
  }
  EXPECT_EQ(budget.used(), 0u);
  EXPECT_TRUE(budget.uses().empty());
}

TEST(BudgetTest, ThreadsTakeNoMoreThanThereIs) {
  Budget budget(kFirstCome, 100);
  std::atomic<uint64_t> taken = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, account = budget.account("anna")] {
      for (int round = 0; round < 1000; ++round) taken += account->take(1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(budget.used(), taken);
  EXPECT_LE(taken, 100u);
}

}  // namespace
}  // namespace upyd
