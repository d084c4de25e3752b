#include "rpc/audit.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <sstream>

#include "logs/journal.h"

namespace upyd {
namespace {

class AuditTest : public testing::Test {
 protected:
  std::string logged() const { return log_text_.str(); }
  size_t lines() const {
    const std::string text = logged();
    return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  std::ostringstream log_text_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_text_)};
  Audit audit_{nullptr, log_};
};

TEST_F(AuditTest, SaysWhoDidWhatToWhichInstanceAndHowThatEnded) {
  AuditTrail(audit_, "uid:7").add({"StopInstance", "main", "OK"});
  EXPECT_NE(logged().find("audit: uid:7 StopInstance 'main': OK"), std::string::npos) << logged();
}

TEST_F(AuditTest, WhatClientsCallThingsIsShownAndNotObeyed) {
  AuditTrail(audit_, "uid:7").add({"StopInstance", "a\nfake\x1b[2J" + std::string(1000, 'x'), "NOT_FOUND"});
  EXPECT_NE(logged().find("'a\\nfake\\x1b[2J"), std::string::npos) << logged();
  EXPECT_LT(logged().size(), 300u);
}

TEST_F(AuditTest, AFloodIsCutShortAndHidesNoAct) {
  AuditTrail trail(audit_, "uid:7"), other(audit_, "uid:8");
  for (int i = 0; i < 10'000; ++i) trail.add({"GetInstance", "main", "PERMISSION_DENIED", true});
  EXPECT_EQ(lines(), AuditTrail::kMostRefusals);
  trail.add({"StopInstance", "main", "OK"});
  other.add({"GetInstance", "main", "PERMISSION_DENIED", true});
  EXPECT_EQ(lines(), AuditTrail::kMostRefusals + 2);
  for (uint32_t i = 0; i < 2 * AuditTrail::kMostActs; ++i) trail.add({"Run", "main", "OK"});
  EXPECT_EQ(lines(), AuditTrail::kMostRefusals + 1 + AuditTrail::kMostActs);
}

TEST(JournaledAuditTest, HasFields) {
  std::vector<JournalLine> lines;
  std::ostringstream text;
  spdlog::logger log("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text));
  {
    Journal journal([&](const JournalLine& line) { lines.push_back(line); });
    Audit audit(&journal, log);
    for (uint32_t i = 0; i < 2 * Journal::kMostLines; ++i) journal.add({.instance = "noisy", .text = "x"});
    AuditTrail(audit, "uid:7").add({"StopInstance", "main", "OK"});
  }
  const JournalLine& line = lines.back();
  EXPECT_EQ(line.instance, "main");
  EXPECT_EQ(line.fields,
            std::vector<std::string>({"UPYD_PRINCIPAL=uid:7", "UPYD_METHOD=StopInstance", "UPYD_RESULT=OK"}))
      << "whatever else is written";
  EXPECT_EQ(text.str(), "") << "once is enough";
}

}  // namespace
}  // namespace upyd
