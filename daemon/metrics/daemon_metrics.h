#pragma once

#include <string>

#include "gpio/gpio.h"
#include "instances/instance_registry.h"
#include "metrics/exposition.h"
#include "reactor/timestamp.h"
#include "rpc/call_statistics.h"
#include "supervisor/boards.h"

namespace upyd {

/// The daemon's metrics: of itself, of the standing instances, of GPIO lines and of the calls of its API. No script is
/// waited for. Instances that were made for one run come and go under ever new names, so they count in the sums alone:
/// there are as many series as there are standing instances, lines and methods.
class DaemonMetrics {
 public:
  /// What it is given must outlive it.
  DaemonMetrics(const InstanceRegistry& registry, const Boards& boards, const Gpio& gpio, const CallStatistics& calls,
                const Budgets& budgets)
      : registry_(registry), boards_(boards), gpio_(gpio), calls_(calls), budgets_(budgets) {}

  /// As they are now. Any thread.
  std::string text(Exposition::Format format) const;

 private:
  void add_daemon(Exposition& to) const;
  void add_budgets(Exposition& to) const;
  void add_instances(Exposition& to) const;
  void add_boards(Exposition& to) const;
  void add_lines(Exposition& to) const;
  void add_calls(Exposition& to) const;

  const InstanceRegistry& registry_;
  const Boards& boards_;
  const Gpio& gpio_;
  const CallStatistics& calls_;
  const Budgets& budgets_;
  const Moment start_ = Moment::now();
};

}  // namespace upyd
