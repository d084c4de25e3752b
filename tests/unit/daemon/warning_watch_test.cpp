#include "events/warning_watch.h"

#include <gtest/gtest.h>

#include <optional>

namespace upyd {
namespace {

TEST(WarningWatchTest, KeepsWhatTheLogWarnsOf) {
  const Owners owners;
  RecentErrors errors(owners);
  spdlog::logger log("upyd");
  std::optional<WarningWatch> watch;
  watch.emplace(log, errors);
  log.info("listening");
  log.warn("{} has no room", "/run/upyd/log");
  log.error("a board is left alone");
  watch.reset();
  log.error("nobody hears that");
  const auto all = errors.all();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].instance, RecentErrors::kOwn);
  EXPECT_EQ(all[0].text, "/run/upyd/log has no room");
  EXPECT_EQ(all[1].text, "a board is left alone");
}

}  // namespace
}  // namespace upyd
