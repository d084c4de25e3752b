#include "rpc/watch_call.h"

#include "events/gpio_convert.h"
#include "rpc/answer.h"
#include "rpc/line_holders.h"
#include "rpc/requests.h"

namespace upyd {

WatchCall* WatchCall::start(std::shared_ptr<const Access> access, EventBus& bus, const Gpio& gpio, Reactor& reactor,
                            StreamCount& streams, const v1::WatchEventsRequest& request) {
  const std::shared_ptr<WatchCall> call(new WatchCall(std::move(access), bus, reactor, streams));
  call->open(guarded([&] { return call->begin(gpio, request); }));
  return call.get();
}

grpc::Status WatchCall::begin(const Gpio& gpio, const v1::WatchEventsRequest& request) {
  if (auto status = take_place(request); !status.ok()) return status;
  if (auto status = check(request); !status.ok()) return status;
  EventFilter filter{.instances = {request.instances().begin(), request.instances().end()}};
  for (const int kind : request.kinds()) {
    if (kind == v1::EVENT_KIND_UNSPECIFIED || !v1::EventKind_IsValid(kind)) {
      return invalid("there is no kind of event " + std::to_string(kind) + "; without kinds all are told");
    }
    filter.kinds.insert(static_cast<v1::EventKind>(kind));
  }
  for (const std::string& id : request.lines()) {
    const auto line = gpio.find(id);
    if (!line) return no_line(id);
    filter.lines.emplace(line->chip->name(), line->offset);
  }
  watch_ = bus_.watch(std::move(filter),
                      [this](const v1::Event& event, const std::string& owner) { happened(event, owner); });
  return grpc::Status::OK;
}

/// Of instances that the client may not know of it is told nothing, and finds no gap.
void WatchCall::happened(const v1::Event& event, const std::string& owner) {
  if (!event.instance().empty() && !access_->sees(event.instance(), owner)) return;
  if (!event.has_line_changed()) return gather([&] { waiting_.add(event); });
  v1::Event redacted = event;
  hide_holders(*access_, *redacted.mutable_line_changed()->mutable_line());
  gather([&] { waiting_.add(redacted); });
}

}  // namespace upyd
