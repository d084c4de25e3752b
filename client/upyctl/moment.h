#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>

namespace upyctl {

/// A point in time, as users write one: an age ("90s", "10m", "2h", "3d"), the beginning of a day ("today",
/// "yesterday"), the last time that it was so late ("14:30", "14:30:05"), or a date with or without a time
/// ("2026-01-31", "2026-01-31 14:30:05", what moment_text makes): local, or in the zone that is told at its end, by Z
/// for UTC or by its offset ("+01:00"). Nothing: it is none.
std::optional<google::protobuf::Timestamp> read_moment(const std::string& text);

/// For people: local, with microseconds and the offset from UTC.
std::string moment_text(const google::protobuf::Timestamp& time);

}  // namespace upyctl
