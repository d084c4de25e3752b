#include "reactor/liveness.h"

#include <new>
#include <utility>

namespace upyd {

void Liveness::add(std::string name, Ask ask) {
  members_.push_back({std::move(name), std::move(ask), std::make_shared<std::atomic<bool>>(true)});
}

std::vector<std::string> Liveness::check() {
  std::vector<std::string> stuck;
  for (const Member& member : members_) {
    if (!*member.has_answered) {
      stuck.push_back(member.name);
      continue;
    }
    *member.has_answered = false;
    try {
      member.ask([answered = member.has_answered] { *answered = true; });
    } catch (const std::bad_alloc&) {
      *member.has_answered = true;  // it was not asked
    }
  }
  return stuck;
}

}  // namespace upyd
