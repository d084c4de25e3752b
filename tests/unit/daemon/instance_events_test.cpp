#include "instances/instance_events.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/fake_alarms.h"

namespace upyd {
namespace {

class InstanceEventsTest : public testing::Test {
 protected:
  void watch() {
    bus_.watch({}, [this](const v1::Event& event, const std::string&) { seen_.push_back(event); });
  }

  FakeAlarms alarms_;
  Owners owners_;
  RecentErrors errors_{owners_};
  EventBus bus_{[this] { return alarms_.now_ns(); }, owners_};
  std::shared_ptr<InstanceEvents> events_ = std::make_shared<InstanceEvents>("a", alarms_, bus_, errors_, nullptr);
  std::vector<v1::Event> seen_;
};

TEST_F(InstanceEventsTest, LossesAreToldOnceForAll) {
  events_->event_lost();
  watch();
  for (int i = 0; i < 5; ++i) events_->event_lost();
  EXPECT_TRUE(seen_.empty());
  alarms_.pass(InstanceEvents::kGatherNs);
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(seen_[0].events_lost().total(), 6u) << "also what nobody watched";
  alarms_.pass(10 * InstanceEvents::kGatherNs);
  EXPECT_EQ(seen_.size(), 1u);
  events_->event_lost();
  alarms_.pass(InstanceEvents::kGatherNs);
  ASSERT_EQ(seen_.size(), 2u);
  EXPECT_EQ(seen_[1].events_lost().total(), 7u);
}

TEST_F(InstanceEventsTest, LossesAreToldBeforeTheEndAndNotAfter) {
  watch();
  events_->event_lost();
  events_->deleted(v1::InstanceDeleted::REASON_REQUEST);
  alarms_.pass(10 * InstanceEvents::kGatherNs);
  ASSERT_EQ(seen_.size(), 2u);
  EXPECT_TRUE(seen_[0].has_events_lost());
  EXPECT_EQ(seen_[1].instance_deleted().reason(), v1::InstanceDeleted::REASON_REQUEST);
}

TEST_F(InstanceEventsTest, ReportsAreValidText) {
  watch();
  events_->callback_raised("ValueError", "ValueError: \xff\n");
  EXPECT_EQ(seen_[0].callback_raised().type(), "ValueError");
  EXPECT_EQ(seen_[0].callback_raised().report(), "ValueError: \xEF\xBF\xBD\n");
}

}  // namespace
}  // namespace upyd
