#include "rpc/file_status.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace upyd {
namespace {

TEST(FileStatusTest, TellsWhatADiskHasNoMoreOf) {
  const auto told = [](int number) {
    const auto status = file_status({number}, "f");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    return status.error_message();
  };
  EXPECT_EQ(told(ENOSPC), "'f': the disk is full");
  EXPECT_EQ(told(EDQUOT), "'f': the disk quota of the user that upyd runs as is used up");
}

}  // namespace
}  // namespace upyd
