#pragma once

#include <grpcpp/grpcpp.h>

#include <new>

/// What is asked of the daemon may take more memory than there is, and that must end the call alone.
namespace upyd {

inline grpc::Status no_memory() { return {grpc::StatusCode::RESOURCE_EXHAUSTED, "no memory left"}; }

/// What `action()` returns; RESOURCE_EXHAUSTED when there is no memory for it.
template <typename Action>
grpc::Status guarded(Action action) try {
  return action();
} catch (const std::bad_alloc&) {
  return no_memory();
}

}  // namespace upyd
