#include "support/script_host.h"

#include <cstdio>
#include <cstdlib>

ScriptHost::ScriptHost(upy::Config config) {
  std::string error;
  instance_ = upy::Instance::create(config, {.clock = clock_, .console = console_, .files = files_, .timers = &timers_}, error);
  if (instance_) return;
  std::fprintf(stderr, "no instance: %s\n", error.c_str());
  std::abort();
}

upy::Outcome ScriptHost::run(const std::string& source, const std::string& file) {
  upy::Script script;
  script.text = source;
  script.file = file;
  script.argv = {file};
  return instance_->run(script);
}
