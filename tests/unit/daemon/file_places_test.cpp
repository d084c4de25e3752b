#include "rpc/file_places.h"

#include <gtest/gtest.h>

#include <vector>

namespace upyd {
namespace {

using Place = FilePlaces::Place;

struct FakeCall final : FilePlaces::Call {
  void lose_place() override {}
};

class FilePlacesTest : public testing::Test {
 protected:
  static constexpr auto kMoment = FilePlaces::Clock::duration(1);

  FilePlacesTest() {
    while (held_.size() < FilePlaces::kMost) held_.push_back(places_->take(&call_, now_).place);
  }
  FilePlaces::Taken take() { return places_->take(&newcomer_, now_); }

  const std::shared_ptr<FilePlaces> places_ = std::make_shared<FilePlaces>();
  FilePlaces::Clock::time_point now_{};
  FakeCall call_, newcomer_;
  std::vector<std::unique_ptr<Place>> held_;
};

TEST_F(FilePlacesTest, ThereAreSoMany) {
  EXPECT_TRUE(held_.back());
  EXPECT_FALSE(take().place);
  held_.pop_back();
  const auto taken = take();
  EXPECT_TRUE(taken.place);
  EXPECT_EQ(taken.loser, nullptr);
  EXPECT_FALSE(take().place);
}

TEST_F(FilePlacesTest, WhoIsAtWorkKeepsItsPlace) {
  now_ += 100 * FilePlaces::kPatience;
  EXPECT_FALSE(take().place);
  held_[3]->wait(now_);
  EXPECT_TRUE(held_[3]->resume());
  now_ += 100 * FilePlaces::kPatience;
  EXPECT_FALSE(take().place);
}

TEST_F(FilePlacesTest, WhoHasWaitedLongestLosesItsPlace) {
  FakeCall slow;
  held_.pop_back();
  held_.push_back(places_->take(&slow, now_).place);
  held_.back()->wait(now_);
  held_[0]->wait(now_ + kMoment);
  now_ += FilePlaces::kPatience - kMoment;
  EXPECT_FALSE(take().place) << "it may take its time";
  now_ += kMoment;
  const auto taken = take();
  EXPECT_TRUE(taken.place);
  EXPECT_EQ(taken.loser, &slow);
  EXPECT_FALSE(take().place);
  EXPECT_FALSE(held_.back()->resume());
  EXPECT_TRUE(held_[0]->resume());
  held_.pop_back();
  EXPECT_FALSE(take().place) << "it had none to give back";
}

TEST_F(FilePlacesTest, WhoGoesWhileWaitingGivesItsPlaceBack) {
  held_.back()->wait(now_);
  held_.pop_back();
  EXPECT_TRUE(take().place);
}

}  // namespace
}  // namespace upyd
