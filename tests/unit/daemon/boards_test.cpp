#include "supervisor/boards.h"

#include <gtest/gtest.h>

#include <future>

#include "parts.h"

namespace upyd {
namespace {

/// What is done to boards waits for its turn: who may do it is seen then.
TEST(BoardsTest, WhoseABoardIsCountsWhenTheTurnHasCome) {
  Parts parts;
  BoardRecord record;
  record.config.set_owner("uid:1");
  record.enabled = false;
  std::vector<std::string> owners;
  std::promise<grpc::Status> stopped;
  {
    Boards boards(parts.registry(), nullptr, parts.reactor(), parts.events(), parts.logs(), parts.log());
    boards.load({{"b", record}});
    v1::UpdateInstanceRequest update;
    update.set_name("b");
    update.mutable_config()->set_owner("uid:2");
    const auto admit = [&](const std::string& owner) {
      owners.push_back(owner);
      return owner == "uid:1" ? grpc::Status::OK : grpc::Status(grpc::PERMISSION_DENIED, "");
    };
    boards.update(
        update, [&](v1::UpdateInstanceRequest&, const std::string& owner) { return admit(owner); },
        [](const grpc::Status& status) { EXPECT_TRUE(status.ok()) << status.error_message(); });
    boards.stop("b", admit, 0, [&](const grpc::Status& status) { stopped.set_value(status); });
    EXPECT_EQ(stopped.get_future().get().error_code(), grpc::PERMISSION_DENIED);
    EXPECT_EQ(owners, std::vector<std::string>({"uid:1", "uid:2"}));
    EXPECT_EQ(boards.find("b")->describe().config().owner(), "uid:2") << "at once, not with its next start";
    parts.registry().refuse_work();
  }
}

}  // namespace
}  // namespace upyd
