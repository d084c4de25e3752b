#include "upyctl/instance_state.h"

namespace upyctl {

using namespace upyd::v1;

const char* state_text(InstanceState state) {
  switch (state) {
    case INSTANCE_STATE_WAITING:
      return "waiting";
    case INSTANCE_STATE_STOPPED:
      return "stopped";
    case INSTANCE_STATE_FAILED:
      return "failed";
    default:
      return "up";
  }
}

const char* state_text(const Instance& instance) {
  switch (instance.state()) {
    case INSTANCE_STATE_WAITING:
    case INSTANCE_STATE_STOPPED:
    case INSTANCE_STATE_FAILED:
      return state_text(instance.state());
    default:
      return instance.has_run() ? "running" : "idle";
  }
}

}  // namespace upyctl
