#pragma once

#include <grpcpp/support/status.h>

#include <new>
#include <string>

#include "system/utf8.h"

/// What is asked of the daemon may take more memory than there is, and that must end the call alone.
namespace upyd {

inline grpc::Status no_memory() { return {grpc::StatusCode::RESOURCE_EXHAUSTED, "no memory left"}; }

/// The status as a client takes it: gRPC sends it as a header, of which clients take 8 KiB in all, and what the client
/// chose may be part of it, encoded in three times as many bytes.
inline grpc::Status shortened(const grpc::Status& status) {
  constexpr size_t kLongestMessage = 1024;
  const std::string message = status.error_message();
  if (message.size() <= kLongestMessage) return status;
  return {status.error_code(), std::string(beginning_of(message, kLongestMessage)) + "..."};
}

/// What `action()` returns; RESOURCE_EXHAUSTED when there is no memory for it.
template <typename Action>
grpc::Status guarded(Action action) try {
  return shortened(action());
} catch (const std::bad_alloc&) {
  return no_memory();
}

}  // namespace upyd
