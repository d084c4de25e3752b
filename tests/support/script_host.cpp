#include "support/script_host.h"

#include <cstdio>
#include <cstdlib>

#include "system/thread.h"

ScriptHost::ScriptHost(upy::Config config, upy::Pins* pins) : stack_bytes_(config.stack_bytes + upy::kStackReserve) {
  std::string error;
  const upy::Ports ports{
      .clock = clock_, .console = console_, .files = files_, .pins = pins, .timers = &timers_, .watchdog = &watchdog_};
  instance_ = upy::Instance::create(config, ports, error);
  if (instance_) return;
  std::fprintf(stderr, "no instance: %s\n", error.c_str());
  std::abort();
}

upy::Outcome ScriptHost::run(const std::string& source, const std::string& file) {
  upy::Script script;
  script.text = source;
  script.file = file;
  script.argv = {file};
  return run(script);
}

upy::Outcome ScriptHost::run(const upy::Script& script) {
  upy::Outcome outcome;
  upyd::Thread thread;
  if (!thread.start(stack_bytes_, "script", [&] { outcome = instance_->run(script); })) std::abort();
  thread.join();
  return outcome;
}
