#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <chrono>

namespace upyd {

/// A point in time as the API has it.
inline google::protobuf::Timestamp to_timestamp(std::chrono::system_clock::time_point time) {
  using std::chrono::duration_cast, std::chrono::nanoseconds, std::chrono::seconds;
  const auto since_epoch = time.time_since_epoch();
  const auto whole = duration_cast<seconds>(since_epoch);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(whole.count());
  timestamp.set_nanos(static_cast<int32_t>(duration_cast<nanoseconds>(since_epoch - whole).count()));
  return timestamp;
}

}  // namespace upyd
