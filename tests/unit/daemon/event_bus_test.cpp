#include "events/event_bus.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace upyd {
namespace {

class EventBusTest : public testing::Test {
 protected:
  void start_run(const std::string& instance, uint64_t id) {
    bus_.publish(instance, [id](v1::Event& event) { event.mutable_run_started()->set_run_id(id); });
  }
  void create(const std::string& instance) {
    bus_.publish(instance, [](v1::Event& event) { event.mutable_instance_created(); });
  }
  EventBus::WatchId watch(EventFilter filter) {
    return bus_.watch(std::move(filter),
                      [this](const v1::Event& event, const std::string&) { seen_.push_back(event); });
  }

  int64_t now_ns_ = 5;
  Owners owners_;
  EventBus bus_{[this] { return now_ns_; }, owners_};
  std::vector<v1::Event> seen_;
};

TEST_F(EventBusTest, NothingIsMadeWhileNobodyWatches) {
  bus_.publish("a", [](v1::Event&) { FAIL(); });
  EXPECT_FALSE(bus_.is_watched());
}

TEST_F(EventBusTest, EventsCarryInstanceAndTimes) {
  watch({});
  EXPECT_TRUE(bus_.is_watched());
  start_run("a", 7);
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(seen_[0].instance(), "a");
  EXPECT_EQ(seen_[0].timestamp_ns(), 5u);
  EXPECT_GT(seen_[0].time().seconds(), 1'600'000'000);
  EXPECT_EQ(seen_[0].run_started().run_id(), 7u);
}

TEST_F(EventBusTest, FiltersChooseInstancesAndKinds) {
  watch({.instances = {"a", "b"}, .kinds = {v1::EVENT_KIND_RUN_STARTED}});
  create("a");
  start_run("c", 1);
  start_run("b", 2);
  ASSERT_EQ(seen_.size(), 1u);
  EXPECT_EQ(seen_[0].run_started().run_id(), 2u);
}

TEST_F(EventBusTest, EveryWatcherIsTold) {
  const auto first = watch({}), second = watch({.instances = {"a"}});
  create("a");
  EXPECT_EQ(seen_.size(), 2u);
  bus_.end_watch(first);
  create("a");
  EXPECT_EQ(seen_.size(), 3u);
  EXPECT_TRUE(bus_.is_watched());
  bus_.end_watch(second);
  create("a");
  EXPECT_EQ(seen_.size(), 3u);
  EXPECT_FALSE(bus_.is_watched());
}

TEST_F(EventBusTest, ThreadsPublishWhileWatchersComeAndGo) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([this] {
      for (uint64_t j = 0; j < 2000; ++j) start_run("a", j);
    });
  }
  std::atomic<uint64_t> told = 0;
  for (int i = 0; i < 200; ++i) {
    bool over = false;
    const auto id = bus_.watch({}, [&](const v1::Event&, const std::string&) {
      EXPECT_FALSE(over);
      ++told;
    });
    std::this_thread::yield();
    bus_.end_watch(id);
    over = true;
  }
  for (auto& thread : threads) thread.join();
  const uint64_t before = told;
  start_run("a", 1);
  EXPECT_EQ(told, before);
}

TEST(EventKind, HasTheNumberAndNameOfItsField) {
  const auto* fields = v1::Event::descriptor()->oneof_decl(0);
  const auto* kinds = v1::EventKind_descriptor();
  ASSERT_EQ(fields->field_count() + 1, kinds->value_count()) << "besides the unspecified";
  for (int i = 0; i < fields->field_count(); ++i) {
    const auto* kind = kinds->FindValueByNumber(fields->field(i)->number());
    ASSERT_TRUE(kind) << fields->field(i)->name();
    std::string name = "event_kind_" + fields->field(i)->name();
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c == '_' ? c : c & ~0x20; });
    EXPECT_EQ(kind->name(), name);
  }
}

}  // namespace
}  // namespace upyd
