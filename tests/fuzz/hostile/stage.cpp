#include "stage.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "files/board_tree.h"
#include "files/instance_files.h"
#include "loop_pins.h"
#include "virtual_time.h"

namespace {

constexpr uint32_t kMostOpenFiles = 32;
constexpr uint64_t kMostBytes = 1 << 20, kMostFiles = 100;

}  // namespace

Stage::Stage(double seconds, double grace_seconds)
    : place_(open(directory_.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), watchdog_(seconds, grace_seconds) {}

Stage::~Stage() { close(place_); }

Stage::Performance Stage::run(const upy::Config& config, upy::Console& console, const upy::Script& script,
                              int64_t idle_ns) {
  upy::Instance* running = nullptr;
  VirtualTime time([&] { running->stop(upy::StopLevel::Kill); });
  const auto tree = std::make_shared<upyd::BoardTree>(place_, "board", upyd::Quota(kMostBytes, kMostFiles));
  upyd::InstanceFiles files(std::make_shared<upyd::FileView>(tree, std::vector<upyd::FileView::Mount>()),
                            kMostOpenFiles);
  LoopPins pins(time);
  std::string error;
  const upy::Ports ports{.clock = time, .console = console, .files = files, .pins = &pins, .timers = &time};
  const auto instance = upy::Instance::create(config, ports, error);
  if (!instance) {
    std::fprintf(stderr, "no instance: %s\n", error.c_str());
    std::abort();
  }
  running = instance.get();
  watchdog_.begin(*instance);
  upy::Outcome outcome = instance->run(script);
  const double late_seconds = watchdog_.end();
  if (!instance->wanted_reset()) {
    watchdog_.begin(*instance);
    instance->idle(time.monotonic_ns() + idle_ns);
    watchdog_.end();
  }
  instance->mem_info(true);
  for (const auto& entry : std::filesystem::directory_iterator(directory_.path()))
    std::filesystem::remove_all(entry.path());
  return {std::move(outcome), late_seconds};
}
