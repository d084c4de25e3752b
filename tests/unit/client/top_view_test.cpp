#include "upyctl/top_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace {

using namespace upyctl;

constexpr int64_t kSecond = 1'000'000'000;

class TopView : public testing::Test {
 protected:
  TopView() {
    before_.time_ns = 5 * kSecond;
    now_.time_ns = 7 * kSecond;
    now_.status.set_version("9.8");
    now_.status.set_instances(3);
    add("a", 2 * kSecond, 1 << 20, 20, 0);
    add("b", kSecond / 2, 2 << 20, 2000, 0);
    add("c", 0, 0, 0, 10);
  }

  /// What an instance did in the two seconds.
  void add(const std::string& name, uint64_t cpu_ns, uint64_t heap_used, uint64_t callbacks, uint64_t drops) {
    upyd::v1::Instance instance;
    instance.set_name(name);
    instance.mutable_config()->set_heap_bytes(4 << 20);
    instance.set_cpu_ns(kSecond);
    instance.mutable_figures()->mutable_schedule()->set_run(7);
    before_.instances.push_back(instance);
    instance.set_cpu_ns(kSecond + cpu_ns);
    instance.mutable_figures()->set_heap_used(heap_used);
    instance.mutable_figures()->mutable_schedule()->set_run(7 + callbacks);
    instance.mutable_figures()->mutable_schedule()->set_dropped(drops);
    now_.instances.push_back(instance);
  }
  std::vector<std::string> picture(TopOrder order = TopOrder::Cpu, TextSize size = {24, 80}) const {
    std::istringstream text(top_picture(before_, now_, order, size));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
  }
  /// The names in their order.
  std::string names(TopOrder order) const {
    std::string names;
    const auto lines = picture(order);
    for (size_t i = 2; i < lines.size(); ++i) names += lines[i].substr(0, 1);
    return names;
  }

  TopSample before_, now_;
};

TEST_F(TopView, ShowsRates) {
  const auto lines = picture();
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_TRUE(lines[0].starts_with("upyd 9.8: 3 instances, ")) << lines[0];
  EXPECT_EQ(lines[1], "NAME             STATE     CPU% HEAP              CALLS/S DROPS/S ERRORS");
  EXPECT_EQ(lines[2], "a                idle     100.0 [###.......]  25%      10       0      0");
  EXPECT_EQ(lines[3], "b                idle      25.0 [#####.....]  50%    1000       0      0");
  EXPECT_EQ(lines[4], "c                idle       0.0 [..........]   0%       0     5.0      0");
}

TEST_F(TopView, IsSorted) {
  EXPECT_EQ(names(TopOrder::Cpu), "abc");
  EXPECT_EQ(names(TopOrder::Heap), "bac");
  EXPECT_EQ(names(TopOrder::Callbacks), "bac");
  EXPECT_EQ(names(TopOrder::Drops), "cab");
  EXPECT_EQ(names(TopOrder::Name), "abc");
  for (const char* key : {"cC", "hH", "aA", "dD", "nN"}) EXPECT_EQ(top_order_of(key[0]), top_order_of(key[1]));
  EXPECT_EQ(top_order_of('a'), TopOrder::Callbacks);
  EXPECT_EQ(top_order_of('x'), std::nullopt);
}

TEST_F(TopView, FitsEverySize) {
  add(std::string(63, 'n'), 0, 0, 0, 0);
  now_.instances.back().mutable_run()->set_file("evil\x1b[2J\n.py");
  for (size_t columns = 1; columns <= 130; ++columns) {
    for (size_t rows = 1; rows <= 8; ++rows) {
      const auto lines = picture(TopOrder::Cpu, {rows, columns});
      EXPECT_LE(lines.size(), rows);
      for (const std::string& line : lines) EXPECT_LE(line.size(), columns) << line;
    }
  }
  EXPECT_EQ(picture(TopOrder::Cpu, {24, 20})[1], "NAME");
  EXPECT_EQ(picture(TopOrder::Cpu, {24, 25})[1], "NAME                 CPU%") << "a long name gets what room is left";
  const auto wide = picture(TopOrder::Cpu, {24, 120});
  EXPECT_TRUE(wide[1].ends_with(" SCRIPT")) << wide[1];
  EXPECT_TRUE(std::none_of(wide.begin(), wide.end(), [](const auto& line) { return line.find('\x1b') != line.npos; }));
}

TEST_F(TopView, WhatIsNewOrBeganAnewHasNoRate) {
  before_.instances.erase(before_.instances.begin());
  before_.instances[0].set_cpu_ns(100 * kSecond);
  EXPECT_EQ(names(TopOrder::Name), "abc");
  EXPECT_NE(picture(TopOrder::Name)[2].find("  0.0 "), std::string::npos);
  EXPECT_NE(picture(TopOrder::Name)[3].find("  0.0 "), std::string::npos);
  before_ = now_;
  EXPECT_NE(picture()[2].find("  0.0 "), std::string::npos) << "no time has passed";
}

TEST_F(TopView, NarrowOnesShowTheMostImportantThatFit) {
  EXPECT_EQ(picture(TopOrder::Cpu, {24, 40})[1], "NAME             STATE     CPU% CALLS/S");
  EXPECT_EQ(picture(TopOrder::Cpu, {24, 20})[1], "NAME");
  EXPECT_EQ(picture(TopOrder::Cpu, {24, 60})[1], "NAME             STATE     CPU% HEAP              CALLS/S");
}

TEST_F(TopView, WideOnesShowWholeNames) {
  add("a-name-that-is-longer-than-sixteen", 0, 0, 0, 0);
  now_.instances.back().set_state(upyd::v1::INSTANCE_STATE_WAITING);
  now_.instances.back().set_last_failure("ValueError: there is no such sensor on this bus");
  const auto lines = picture(TopOrder::Name, {24, 200});
  EXPECT_EQ(lines[1],
            "NAME                               STATE     CPU% HEAP              CALLS/S DROPS/S ERRORS SCRIPT");
  EXPECT_EQ(
      lines.back(),
      "a-name-that-is-longer-than-sixteen waiting    0.0 [..........]   0%       0       0      0 ValueError: there "
      "is no such sensor on this bus");
}

}  // namespace
