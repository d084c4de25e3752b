#pragma once

#include "upy/instance.h"

namespace upy {

/// SIGINT, that is Ctrl-C at a terminal, interrupts what an instance runs, while this lives. There is one at a time.
class Interrupts {
 public:
  enum class Rule {
    AsScriptsSay,  ///< only if Ctrl-C is what interrupts (micropython.kbd_intr); else it ends the process
    Always,
  };

  explicit Interrupts(Instance& instance);
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// How many have come.
  static unsigned count();

  /// At first AsScriptsSay.
  void set(Rule rule);
};

}  // namespace upy
