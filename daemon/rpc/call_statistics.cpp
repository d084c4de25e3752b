#include "rpc/call_statistics.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace upyd {

using google::protobuf::MethodDescriptor;

std::string_view code_name(grpc::StatusCode code) {
  constexpr std::array<std::string_view, CallStatistics::kCodes> kNames = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  const auto index = static_cast<size_t>(code);
  return index < kNames.size() ? kNames[index] : "UNKNOWN";
}

CallStatistics::Method::Method(std::string name, const MethodDescriptor* descriptor)
    : name_(std::move(name)),
      descriptor_(descriptor),
      is_unary_(descriptor && !descriptor->client_streaming() && !descriptor->server_streaming()) {}

void CallStatistics::Method::end(grpc::StatusCode code, int64_t duration_ns) {
  const size_t known = std::min(static_cast<size_t>(code), kCodes - 1);
  codes_[known].fetch_add(1, std::memory_order_relaxed);
  if (!is_unary_) return;
  const auto bound = std::lower_bound(kBoundsNs.begin(), kBoundsNs.end(), duration_ns);
  classes_[static_cast<size_t>(bound - kBoundsNs.begin())].fetch_add(1, std::memory_order_relaxed);
  total_ns_.fetch_add(duration_ns, std::memory_order_relaxed);
}

CallStatistics::CallStatistics(std::span<const char* const> services) {
  for (const std::string name : services) {
    const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; service && i < service->method_count(); ++i) {
      const MethodDescriptor* const method = service->method(i);
      const std::string full_name = name + '/' + method->name();
      methods_.emplace(std::piecewise_construct, std::tuple('/' + full_name), std::tuple(full_name, method));
    }
  }
}

CallStatistics::Method& CallStatistics::method(std::string_view path) {
  const auto found = methods_.find(path);
  return found == methods_.end() ? other_ : found->second;
}

std::vector<const CallStatistics::Method*> CallStatistics::methods() const {
  std::vector<const Method*> all;
  for (const auto& [path, method] : methods_) all.push_back(&method);
  all.push_back(&other_);
  return all;
}

}  // namespace upyd
