#include "interpreter/mailbox.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace upy {
namespace {

Event event(EventToken token, int64_t timestamp_ns = 0) {
  return {.kind = Event::Kind::Edge, .token = token, .timestamp_ns = timestamp_ns};
}

TEST(MailboxTest, KeepsTheOrder) {
  Mailbox mailbox(8);
  for (uint32_t round = 0; round < 100; ++round) {
    for (uint32_t i = 0; i < 5; ++i) ASSERT_TRUE(mailbox.post(event(round * 5 + i)));
    Event taken;
    for (uint32_t i = 0; i < 5; ++i) {
      ASSERT_TRUE(mailbox.take(taken));
      EXPECT_EQ(taken.token, round * 5 + i);
    }
    EXPECT_FALSE(mailbox.take(taken));
  }
}

TEST(MailboxTest, CountsWhatItCannotHold) {
  Mailbox mailbox(4);
  for (uint32_t i = 0; i < 4; ++i) EXPECT_TRUE(mailbox.post(event(i)));
  EXPECT_FALSE(mailbox.post(event(4)));
  EXPECT_FALSE(mailbox.post(event(5)));
  EXPECT_EQ(mailbox.dropped(), 2u);
  Event taken;
  ASSERT_TRUE(mailbox.take(taken));
  EXPECT_EQ(taken.token, 0u);
  EXPECT_TRUE(mailbox.post(event(6)));
}

/// What is sent is taken once, in each sender's order, or counted as dropped.
TEST(MailboxTest, ManySendersLoseNothingSilently) {
  constexpr uint32_t kSenders = 3;
  constexpr int64_t kEach = 20'000;
  Mailbox mailbox(64);
  std::atomic<uint32_t> senders_left = kSenders;
  std::vector<std::thread> senders;
  for (uint32_t sender = 0; sender < kSenders; ++sender) {
    senders.emplace_back([&, sender] {
      for (int64_t i = 1; i <= kEach; ++i) mailbox.post(event(sender, i));
      --senders_left;
    });
  }
  uint64_t taken = 0;
  int64_t last[kSenders] = {};
  for (bool more = true; more;) {
    more = senders_left > 0;
    for (Event each; mailbox.take(each); ++taken) {
      EXPECT_GT(each.timestamp_ns, last[each.token]);
      last[each.token] = each.timestamp_ns;
    }
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(taken + mailbox.dropped(), kSenders * uint64_t{kEach});
}

}  // namespace
}  // namespace upy
