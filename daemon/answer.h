#pragma once

#include <grpcpp/grpcpp.h>

#include <new>
#include <utility>

/// Where a call enters the daemon: what it asks for may take more memory than there is, and that must end the call
/// alone.
namespace upyd {

inline grpc::Status no_memory() { return {grpc::StatusCode::RESOURCE_EXHAUSTED, "no memory left"}; }

/// What `action()` returns; RESOURCE_EXHAUSTED when there is no memory for it.
template <typename Action>
grpc::Status guarded(Action action) try {
  return action();
} catch (const std::bad_alloc&) {
  return no_memory();
}

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
