#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <span>
#include <string>

#include "access/access_rule.h"

namespace upyd {

/// Whether a call changes something: then it is in the audit, however it ends.
enum class Effect : uint8_t { None, Changes };

/// What a call needs: a role, with the instance that its request names.
struct Requirement {
  const char* request;  ///< full name of the message, of which each call has one of its own: the first, of streams
  Role role;
  Effect effect;
  const char* instance;     ///< where in it the instance's name stands, "target.instance"; empty: none is concerned
  const char* prefix = "";  ///< what stands before the name there; without it none is concerned
};

/// Of all calls of the API.
std::span<const Requirement> requirements();

/// Null: it is no request of the API.
const Requirement* find_requirement(const google::protobuf::Descriptor& request);

/// The name of the instance that a request is about; empty: none, or one of its own.
std::string instance_of(const google::protobuf::Message& request, const Requirement& requirement);

/// What a request wants, as far as rules look at it.
struct Wanted {
  const Requirement* needed = nullptr;  ///< null: it is no request of the API
  std::string instance;                 ///< as instance_of
};
Wanted wanted_by(const google::protobuf::Message& request);

}  // namespace upyd
