#include "instances/run_records.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace upyd {
namespace {

RunReport report_of(int exit_status) {
  RunReport report;
  report.outcome.exit_status = exit_status;
  return report;
}

class RunRecordsTest : public testing::Test {
 protected:
  bool wait(uint64_t run_id) {
    const auto status = records_.wait(
        run_id, admit_,
        [this](const RunRecords::Record& record) {
          const std::string end = record.status.ok() ? std::to_string(record.outcome.exit_status()) : "not started";
          told_.push_back(record.instance + ": " + end);
        },
        wait_);
    return status.ok();
  }
  /// A run that is over.
  void add(uint64_t run_id, const std::string& instance, RunRecords::Share share = RunRecords::Share::Instance) {
    records_.begin(run_id, instance, share);
    records_.end(run_id, report_of(0));
  }
  using Told = std::vector<std::string>;
  using Share = RunRecords::Share;

  Owners owners_;
  const RunRecords::Admit admit_ = [](const RunRecords::Record&) { return grpc::Status::OK; };
  RunRecords records_{owners_};
  RunRecords::WaitId wait_ = 0;
  Told told_;
};

TEST_F(RunRecordsTest, TellsWhenARunEndsAndAfterwards) {
  EXPECT_FALSE(wait(1));
  records_.begin(1, "a", Share::Instance);
  EXPECT_TRUE(wait(1));
  EXPECT_TRUE(wait(1));
  EXPECT_EQ(told_, Told());
  records_.end(1, report_of(3));
  EXPECT_EQ(told_, Told({"a: 3", "a: 3"}));
  EXPECT_TRUE(wait(1));
  EXPECT_EQ(told_.size(), 3u);
}

TEST_F(RunRecordsTest, WhoDoesNotWaitAnyMoreIsNotTold) {
  records_.begin(1, "a", Share::Instance);
  EXPECT_TRUE(wait(1));
  records_.cancel(wait_);
  records_.end(1, report_of(0));
  EXPECT_EQ(told_, Told());
  records_.cancel(wait_);
}

TEST_F(RunRecordsTest, ARunThatDidNotStartIsTold) {
  records_.begin(1, "a", Share::Instance);
  EXPECT_TRUE(wait(1));
  records_.end(1, {.status = grpc::Status(grpc::StatusCode::ABORTED, "gone")});
  EXPECT_EQ(told_, Told({"a: not started"}));
}

TEST_F(RunRecordsTest, TheLatestAreKnownAndThoseThatGoOn) {
  records_.begin(1, "a", Share::Instance);
  for (uint64_t id = 2; id <= RunRecords::kOver + 2; ++id) {
    records_.begin(id, "b", Share::Instance);
    records_.end(id, report_of(0));
  }
  EXPECT_FALSE(wait(2));
  EXPECT_TRUE(wait(3));
  EXPECT_TRUE(wait(1));
  records_.end(1, report_of(5));
  EXPECT_EQ(told_, Told({"b: 0", "a: 5"}));
}

TEST_F(RunRecordsTest, WhoRunsOftenMakesOthersNotForgotten) {
  add(1, "quiet");
  for (uint64_t id = 2; id <= 2 * RunRecords::kOver; ++id) add(id, id % 3 == 0 ? "busy" : "busier");
  EXPECT_TRUE(wait(1));
  EXPECT_FALSE(wait(2));
  EXPECT_TRUE(wait(2 * RunRecords::kOver));
}

TEST_F(RunRecordsTest, InstancesOfOneRunAreTogether) {
  add(1, "board");
  add(2, "board");
  for (uint64_t id = 3; id <= 2 * RunRecords::kOver; ++id) add(id, "run-" + std::to_string(id), Share::Run);
  EXPECT_TRUE(wait(1));
  EXPECT_TRUE(wait(2));
  EXPECT_FALSE(wait(3));
}

TEST_F(RunRecordsTest, LongTextsAreCut) {
  records_.begin(1, "a", Share::Instance);
  RunReport report = report_of(1);
  report.outcome.kind = upy::Outcome::Kind::Exception;
  report.outcome.message = std::string(RunRecords::kLongestText, 'm');
  report.outcome.traceback = "Traceback" + std::string(60'000, 'x') + "ValueError: it";
  records_.end(1, report);
  v1::Outcome outcome;
  records_.wait(
      1, admit_, [&](const RunRecords::Record& record) { outcome = record.outcome; }, wait_);
  EXPECT_EQ(outcome.exception().message(), report.outcome.message);
  const std::string& traceback = outcome.exception().traceback();
  EXPECT_TRUE(traceback.starts_with("Tracebackxxx")) << traceback;
  EXPECT_TRUE(traceback.ends_with("xxxValueError: it")) << traceback;
  EXPECT_NE(traceback.find("\n[58999 bytes are left out]\n"), traceback.npos) << traceback;
}

}  // namespace
}  // namespace upyd
