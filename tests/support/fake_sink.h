#pragma once

#include <vector>

#include "port/port.h"

namespace test_support {

/// A mailbox that keeps what it gets, as long as it has room.
class FakeSink final : public upy::EventSink {
 public:
  bool post(const upy::Event& event) override {
    if (events.size() >= room) return false;
    events.push_back(event);
    return true;
  }

  size_t room = 1000;
  std::vector<upy::Event> events;
};

}  // namespace test_support
