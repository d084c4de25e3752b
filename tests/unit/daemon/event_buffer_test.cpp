#include "events/event_buffer.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

v1::Event event_of(size_t bytes = 0) {
  v1::Event event;
  event.mutable_callback_raised()->set_report(std::string(bytes, 'x'));
  return event;
}

class EventBufferTest : public testing::Test {
 protected:
  void add(size_t count, size_t bytes = 0) {
    for (size_t i = 0; i < count; ++i) buffer_.add(event_of(bytes));
  }

  EventBuffer buffer_;
};

TEST_F(EventBufferTest, GivesWhatItGotInOrder) {
  add(2);
  auto response = buffer_.take();
  ASSERT_EQ(response.events_size(), 2);
  EXPECT_EQ(response.events(0).sequence(), 1u);
  EXPECT_EQ(response.events(1).sequence(), 2u);
  EXPECT_EQ(response.dropped(), 0u);
  EXPECT_EQ(buffer_.take().events_size(), 0);
}

TEST_F(EventBufferTest, KeepsTheLatestAndCountsTheRest) {
  add(EventBuffer::kMostEvents + 3);
  auto response = buffer_.take();
  EXPECT_EQ(static_cast<size_t>(response.events_size()), EventBuffer::kMostEvents);
  EXPECT_EQ(response.dropped(), 3u);
  EXPECT_EQ(response.events(0).sequence(), 4u) << "the gap is what was dropped";
  add(1);
  response = buffer_.take();
  EXPECT_EQ(response.dropped(), 0u);
  EXPECT_EQ(response.events(0).sequence(), EventBuffer::kMostEvents + 4);
}

TEST_F(EventBufferTest, LargeEventsAreFewer) {
  add(10, EventBuffer::kMostBytes / 4);
  const auto response = buffer_.take();
  EXPECT_EQ(response.events_size(), 3) << "each is a little larger than its text";
  EXPECT_EQ(response.dropped(), 7u);
  add(3, EventBuffer::kMostBytes / 4);
  EXPECT_EQ(buffer_.take().events_size(), 3) << "what was taken takes no room";
}

TEST_F(EventBufferTest, OneEventIsKeptHoweverLarge) {
  add(2, 2 * EventBuffer::kMostBytes);
  const auto response = buffer_.take();
  EXPECT_EQ(response.events_size(), 1);
  EXPECT_EQ(response.dropped(), 1u);
}

}  // namespace
}  // namespace upyd
