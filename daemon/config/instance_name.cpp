#include "config/instance_name.h"

#include <algorithm>

namespace upyd {
namespace {

constexpr size_t kLongestName = 63;

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= kLongestName && is_alphanumeric(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

grpc::Status bad_name() { return {grpc::StatusCode::INVALID_ARGUMENT, kInstanceNameRule}; }

}  // namespace upyd
