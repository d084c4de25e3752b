#include "instances/inspection.h"

#include <utility>

#include "system/no_memory.h"

namespace upyd {

std::optional<InspectionAnswer> inspect(upy::Instance& instance, const Inspection& inspection) {
  InspectionAnswer answer;
  answer.status = guarded([&] {
    if (inspection.subject == Inspection::Subject::Memory) {
      auto memory = instance.mem_info(inspection.verbose);
      if (memory) answer.figures = MemoryFigures{std::move(*memory), instance.schedule_info()};
    } else {
      auto strings = instance.qstr_info(inspection.verbose);
      if (strings) answer.figures = std::move(*strings);
    }
    return grpc::Status::OK;
  });
  const bool is_done = !answer.status.ok() || answer.figures.index() != 0;
  return is_done ? std::optional(std::move(answer)) : std::nullopt;
}

}  // namespace upyd
