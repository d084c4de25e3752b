#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace upyctl {

/// For CLI::Option::transform: sizes in bytes, or with k, m or g for powers of 1024. 4m becomes 4194304.
CLI::Validator size_value();

/// For CLI::Option::transform: times with their unit, ms, s, m or h, as milliseconds. 10s becomes 10000.
CLI::Validator time_value();

/// Such a time in milliseconds; nothing: it is none.
std::optional<uint64_t> read_duration(std::string_view text);

/// A size for people: "512 B", "64 KiB", "1.5 MiB".
std::string size_text(uint64_t bytes);

/// How long ago that was, as time_text has it.
std::string age_text(const google::protobuf::Timestamp& since);

/// A time for people, from nanoseconds: "350 ns", "1.2 ms", "3.5 s", "2 min", "5 h", "3 d".
std::string time_text(uint64_t nanoseconds);

}  // namespace upyctl
