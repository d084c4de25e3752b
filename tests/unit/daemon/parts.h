#pragma once

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>

#include <memory>
#include <optional>

#include "config/gpio_config.h"
#include "config/settings.h"
#include "events/gpio_events.h"
#include "instances/instance_registry.h"
#include "posix/poller.h"
#include "reactor/clock.h"

namespace upyd {

/// The parts of a daemon that instances need.
class Parts {
 public:
  Parts() {
    RegistryLimits limits{.defaults = initial_settings()};
    limits.defaults.mutable_gpio()->add_lines("*");
    registry_.emplace(limits, parts_, reactor_);
  }
  ~Parts() {
    registry_->end_all();
    EXPECT_TRUE(registry_->wait_until_empty(std::chrono::seconds(60)));
  }

  InstanceRegistry& registry() { return *registry_; }
  Reactor& reactor() { return reactor_; }
  EventBus& events() { return events_; }
  LogStore& logs() { return logs_; }
  spdlog::logger& log() { return log_; }
  Budgets& budgets() { return budgets_; }
  CurrentRules& rules() { return rules_; }
  /// The level of a line of the simulated chip.
  bool level(uint32_t line) const { return gpio_.chips()[0]->state(line).use.level.value_or(0) != 0; }

 private:
  Reactor reactor_;
  Owners owners_;
  EventBus events_{monotonic_now_ns, owners_};
  RecentErrors errors_{owners_};
  GpioEvents gpio_events_{events_};
  const std::unique_ptr<upy::Poller> edges_ = upy::Poller::make(), timers_ = upy::Poller::make();
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::null_sink_mt>()};
  LogStore logs_{"", owners_, nullptr, log_};
  RunRecords runs_{owners_};
  CurrentRules rules_{{}};
  AccessQuotas quotas_{rules_};
  Budgets budgets_{BudgetLimits::of_machine()};
  asio::thread_pool pool_{1};
  const std::shared_ptr<RunIds> run_ids_ = std::make_shared<RunIds>("", pool_, log_);
  const GpioConfig gpio_config_ = parse_gpio_config(std::nullopt);
  const Gpio gpio_{make_chips(gpio_config_, edges_->set(), reactor_, gpio_events_, log_)};
  const PortParts parts_{.alarms = reactor_,
                         .timers = timers_->set(),
                         .events = events_,
                         .errors = errors_,
                         .logs = logs_,
                         .runs = runs_,
                         .run_ids = *run_ids_,
                         .gpio = gpio_,
                         .budgets = budgets_,
                         .quotas = quotas_,
                         .files = {},
                         .gpio_limit = gpio_config_.limit,
                         .output_wait = std::chrono::milliseconds(100)};
  std::optional<InstanceRegistry> registry_;
};

}  // namespace upyd
