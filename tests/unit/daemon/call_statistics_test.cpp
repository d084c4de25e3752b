#include "rpc/call_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rpc/services.h"

namespace upyd {
namespace {

class CallStatisticsTest : public testing::Test {
 protected:
  CallStatistics calls_{kServices};
  CallStatistics::Method& list_ = calls_.method("/upyd.v1.InstanceService/ListInstances");
};

TEST(CodeNameTest, IsTheOneOfTheApi) {
  EXPECT_EQ(code_name(grpc::OK), "OK");
  EXPECT_EQ(code_name(grpc::PERMISSION_DENIED), "PERMISSION_DENIED");
  EXPECT_EQ(code_name(grpc::UNAUTHENTICATED), "UNAUTHENTICATED");
}

TEST_F(CallStatisticsTest, CountsByMethodAndCode) {
  list_.begin();
  list_.begin();
  list_.end(grpc::StatusCode::OK, 200'000);
  list_.end(grpc::StatusCode::UNAVAILABLE, 5);
  list_.end(static_cast<grpc::StatusCode>(99), 0);
  EXPECT_EQ(list_.name(), "upyd.v1.InstanceService/ListInstances");
  EXPECT_EQ(list_.begun(), 2u);
  EXPECT_EQ(list_.ended(grpc::StatusCode::OK), 1u);
  EXPECT_EQ(list_.ended(grpc::StatusCode::UNAVAILABLE), 1u);
  EXPECT_EQ(list_.ended(grpc::StatusCode::UNAUTHENTICATED), 1u) << "a code that gRPC does not have";
}

TEST_F(CallStatisticsTest, TimesAreOfUnaryCalls) {
  list_.end(grpc::StatusCode::OK, 100'000);
  list_.end(grpc::StatusCode::OK, 100'001);
  list_.end(grpc::StatusCode::OK, INT64_C(1) << 40);
  EXPECT_EQ(list_.in_class(0), 1u);
  EXPECT_EQ(list_.in_class(1), 1u);
  EXPECT_EQ(list_.in_class(CallStatistics::kBoundsNs.size()), 1u);
  EXPECT_EQ(list_.total_ns(), 200'001 + (INT64_C(1) << 40));
  CallStatistics::Method& run = calls_.method("/upyd.v1.ScriptService/Run");
  run.end(grpc::StatusCode::OK, 1'000);
  EXPECT_FALSE(run.is_unary());
  EXPECT_EQ(run.total_ns(), 0);
}

TEST_F(CallStatisticsTest, WhatClientsInventIsOneMethod) {
  auto& other = calls_.method("/made.Up/Method");
  EXPECT_EQ(&other, &calls_.method(""));
  const auto methods = calls_.methods();
  EXPECT_TRUE(std::any_of(methods.begin(), methods.end(), [&](const auto* method) { return method == &other; }));
  EXPECT_EQ(std::count_if(methods.begin(), methods.end(), [](const auto* each) { return each->name() == "other"; }), 1);
}

}  // namespace
}  // namespace upyd
