#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <new>
#include <utility>

#include "system/no_memory.h"

/// Where a call enters the daemon.
namespace upyd {

/// Answers a unary call by the status that `action()` returns.
template <typename Action>
grpc::ServerUnaryReactor* answer(grpc::CallbackServerContext& context, Action action) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  reactor->Finish(guarded(action));
  return reactor;
}

/// The reactor that `start()` makes for a streaming call; one that refuses the call when there is no memory for it.
template <typename Reactor, typename Start>
Reactor* start_call(Start start) try {
  return start();
} catch (const std::bad_alloc&) {
  class Refusal final : public Reactor {
   public:
    void OnDone() override { delete this; }
  };
  auto* refusal = new (std::nothrow) Refusal;
  if (refusal) refusal->Finish(no_memory());
  return refusal;
}

}  // namespace upyd
