#include "upyctl/output.h"

#include <fmt/format.h>

namespace upyctl {

using namespace upyd::v1;

const char* limit_text(Killed::Limit limit) {
  switch (limit) {
    case Killed::LIMIT_WALL:
      return "it ran longer than its limit (--wall)";
    case Killed::LIMIT_CPU:
      return "it used more CPU time than its limit (--cpu)";
    case Killed::LIMIT_SHUTDOWN:
      return "upyd shut down";
    case Killed::LIMIT_WATCHDOG:
      return "it did not feed its watchdog in time";
    default:
      return "on request";
  }
}

void show(const Terminal& terminal, const Output& output) {
  if (output.stream() == STREAM_STDERR) {
    terminal.err(output.data());
  } else {
    terminal.out(output.data());
  }
}

void show(const Terminal& terminal, const Dropped& dropped) {
  const char* stream = dropped.stream() == STREAM_STDERR ? "error output" : "output";
  terminal.note(fmt::format("{} bytes of {} were lost here: they were not read fast enough", dropped.bytes(), stream));
}

}  // namespace upyctl
