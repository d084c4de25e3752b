#pragma once

#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>

#include "access/requirement.h"

namespace upyd {

/// How calls end, by method: what the program call_each prints.
inline std::map<std::string, int> read_codes(const std::string& printed) {
  std::istringstream lines(printed);
  std::map<std::string, int> codes;
  std::string method;
  for (int code = 0; lines >> method >> code;) codes[method] = code;
  return codes;
}

/// Whether each call ended as its requirement states it for somebody with such a role, and another one with the
/// instance that the calls named.
inline void expect_as_stated(const std::map<std::string, int>& codes, Role role, Role with_instance,
                             const std::string& who) {
  ASSERT_FALSE(codes.empty()) << who;
  for (const auto& [name, code] : codes) {
    const auto* const method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    const Requirement& needed = *find_requirement(*method->input_type());
    const bool is_allowed = (*needed.instance ? with_instance : role) >= needed.role;
    EXPECT_EQ(code != grpc::StatusCode::PERMISSION_DENIED, is_allowed) << name << " by " << who << ": " << code;
  }
}

}  // namespace upyd
