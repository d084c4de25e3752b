#include "upyctl/following.h"

#include <chrono>
#include <thread>

namespace upyctl {
namespace {

constexpr std::chrono::milliseconds kPause{200};

bool answers(Session& session) try {
  session.upyd().get_status();
  return true;
} catch (const upyclient::Error&) {
  return false;
}

}  // namespace

void follow_across_restarts(Session& session,
                            const std::function<void(const std::function<void()>& answered)>& follow) {
  bool has_answered = false;
  for (;;) {
    try {
      return follow([&] { has_answered = true; });
    } catch (const upyclient::Error& error) {
      if (!has_answered || error.code() != grpc::UNAVAILABLE) throw;
    }
    session.terminal().note("upyd is gone; this goes on when it is back");
    while (!answers(session)) std::this_thread::sleep_for(kPause);
    session.terminal().note("upyd is back");
  }
}

}  // namespace upyctl
