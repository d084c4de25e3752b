#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>
#include <optional>
#include <variant>

#include "upy/instance.h"

/// Looking into an interpreter: the question and its answer, both plain data.
namespace upyd {

/// What is to be looked at.
struct Inspection {
  enum class Subject : uint8_t {
    Memory,   ///< heap, stack and scheduler
    Strings,  ///< what is interned
  };
  Subject subject = Subject::Memory;
  bool verbose = false;  ///< adds the map of the heap, or the strings
};

struct MemoryFigures {
  upy::MemInfo memory;
  upy::ScheduleInfo schedule;
};

/// What was found: figures of the subject that was asked for, or why there are none.
struct InspectionAnswer {
  grpc::Status status;
  std::variant<std::monostate, MemoryFigures, upy::QstrInfo> figures;
};

/// Looks into an interpreter, when upy::Instance allows it. Nothing if a kill came before that was done: ask again.
std::optional<InspectionAnswer> inspect(upy::Instance& instance, const Inspection& inspection);

}  // namespace upyd
