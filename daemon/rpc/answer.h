#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <new>
#include <utility>

#include "access/access.h"
#include "rpc/call_counters.h"
#include "system/no_memory.h"

/// Where a call enters the daemon.
namespace upyd {

/// RESOURCE_EXHAUSTED for a call beyond those that its client may have going on.
inline grpc::Status check_room(const grpc::CallbackServerContext& context, const Access& access) {
  return is_beyond_budget(context) ? access.too_many_calls() : grpc::Status::OK;
}

/// What `action()` returns, if whoever asks for that may have it.
template <typename Action>
grpc::Status if_allowed(const grpc::CallbackServerContext& context, const Access& access,
                        const google::protobuf::Message& request, Action action) {
  return guarded([&]() -> grpc::Status {
    auto allowed = check_room(context, access);
    if (allowed.ok()) allowed = access.check(request);
    return allowed.ok() ? action() : allowed;
  });
}

/// Answers a unary call by the status that `action()` returns, if whoever calls may do that.
template <typename Action>
grpc::ServerUnaryReactor* answer(grpc::CallbackServerContext& context, const Access& access,
                                 const google::protobuf::Message& request, Action action) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  reactor->Finish(if_allowed(context, access, request, action));
  return reactor;
}

/// A reactor that ends its call by an error; null without memory for it.
template <typename Reactor>
Reactor* refuse_call(const grpc::Status& status) {
  class Refusal final : public Reactor {
   public:
    void OnDone() override { delete this; }
  };
  auto* refusal = new (std::nothrow) Refusal;
  if (refusal) refusal->Finish(status);
  return refusal;
}

/// The reactor that `start()` makes for a call; one that refuses it when there is no room or memory for it. Whether the
/// client may do what it wants its first request will tell.
template <typename Reactor, typename Start>
Reactor* start_call(const grpc::CallbackServerContext& context, const Access& access, Start start) try {
  const auto room = check_room(context, access);
  return room.ok() ? start() : refuse_call<Reactor>(room);
} catch (const std::bad_alloc&) {
  return refuse_call<Reactor>(no_memory());
}

/// The same of a call whose request is there: one that refuses it if whoever calls may not do that, too.
template <typename Reactor, typename Start>
Reactor* start_call(const grpc::CallbackServerContext& context, const Access& access,
                    const google::protobuf::Message& request, Start start) {
  const auto allowed = if_allowed(context, access, request, [] { return grpc::Status::OK; });
  return allowed.ok() ? start_call<Reactor>(context, access, start) : refuse_call<Reactor>(allowed);
}

}  // namespace upyd
