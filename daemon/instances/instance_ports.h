#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/access_quotas.h"
#include "budget/account_memory.h"
#include "budget/budgets.h"
#include "events/event_bus.h"
#include "events/recent_errors.h"
#include "files/instance_files.h"
#include "gpio/instance_pins.h"
#include "instances/instance_clock.h"
#include "instances/output_buffer.h"
#include "instances/run_ids.h"
#include "instances/run_records.h"
#include "logs/log_store.h"
#include "posix/kernel_timers.h"
#include "posix/kernel_watchdog.h"
#include "reactor/alarms.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

class BoardStore;
class FileRoot;

/// What the files of instances are made from.
struct FileParts {
  /// A directory of the host that is mounted for them.
  struct HostDirectory {
    std::string name;
    std::shared_ptr<const FileRoot> root;
    v1::MountAccess access;
  };
  BoardStore* boards = nullptr;  ///< null: standing instances have no files of their own
  std::vector<HostDirectory> mounts;
};

/// What all instances share, and their ports are made from. Must outlive them.
struct PortParts {
  Alarms& alarms;
  upy::PollSet& timers;  ///< where a thread of the daemon waits for timers
  EventBus& events;
  RecentErrors& errors;
  LogStore& logs;
  RunRecords& runs;
  RunIds& run_ids;
  const Gpio& gpio;
  Budgets& budgets;
  const AccessQuotas& quotas;
  FileParts files;
  std::string blob_key, unique_id;      ///< as upy::Config has them
  LineGrant gpio_limit;                 ///< lines that instances may use at all
  OutputBuffer::Timeout output_wait{};  ///< as long as a script waits for a slow client
  std::string tty_directory;            ///< where terminals of instances are found; empty: there can be none
};

/// The ports of one interpreter, but for its console. When they are destroyed its lines are released.
class InstancePorts {
 public:
  /// `busy` as InstanceClock has it. `watchdog_expired` as KernelWatchdog has it.
  InstancePorts(const PortParts& parts, const std::string& name, const v1::InstanceConfig& config,
                std::shared_ptr<FileView> files, Busy& busy, std::function<void()> watchdog_expired);

  /// What the interpreter takes.
  upy::Ports ports(upy::Console& console, upy::Host& host);
  /// From when this returns, no event comes any more. To be called before the interpreter, which gets them, is
  /// destroyed.
  void stop_events();

 private:
  InstanceClock clock_;
  InstanceFiles files_;
  InstancePins pins_;
  upy::KernelTimers timers_;
  upy::KernelWatchdog watchdog_;
  AccountMemory heap_memory_, compile_memory_;
};

}  // namespace upyd
