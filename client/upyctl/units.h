#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace upyctl {

/// A size in bytes, or with k, m or g for powers of 1024; nothing: it is none.
std::optional<uint64_t> read_size(std::string_view text);

/// A time with its unit, ms, s, m, h or d, in milliseconds; nothing: it is none.
std::optional<uint64_t> read_duration(std::string_view text);

/// A size for people: "512 B", "64 KiB", "1.5 MiB".
std::string size_text(uint64_t bytes);

/// How long ago that was, as time_text has it.
std::string age_text(const google::protobuf::Timestamp& since);

/// A time for people, from nanoseconds: "350 ns", "1.2 ms", "3.5 s", "2 min", "5 h", "3 d".
std::string time_text(uint64_t nanoseconds);

}  // namespace upyctl
