#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "upyctl/commands.h"
#include "upyctl/heap_map.h"
#include "upyctl/instance_options.h"
#include "upyctl/table.h"
#include "upyctl/units.h"

namespace upyctl {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using namespace upyd::v1;

std::string age_text(const Timestamp& since) {
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  int64_t age = now.count() - TimeUtil::TimestampToNanoseconds(since);
  return time_text(static_cast<uint64_t>(std::max<int64_t>(age, 0)));
}

std::string kind_of(const Instance& instance) {
  if (instance.owned_by_run()) return "run";
  return instance.owned_by_console() ? "console" : "standing";
}

const char* holder_text(ConsoleHolder holder) {
  switch (holder) {
    case CONSOLE_HOLDER_CLIENT:
      return "client";
    case CONSOLE_HOLDER_TTY:
      return "tty";
    default:
      return "";
  }
}

std::string instance_table(const ListInstancesResponse& list) {
  Table table({"NAME", "KIND", "STATE", "SCRIPT", "TIME", "RUNS", "CPU", "HEAP", "AGE", "CONSOLE", "TTY"});
  for (const Instance& instance : list.instances()) {
    table.add({instance.name(), kind_of(instance), instance.has_run() ? "running" : "idle", instance.run().file(),
               instance.has_run() ? age_text(instance.run().start_time()) : "", std::to_string(instance.runs()),
               time_text(instance.cpu_ns()), size_text(instance.config().heap_bytes()),
               age_text(instance.create_time()), holder_text(instance.console()), instance.tty()});
  }
  return table.text();
}

int ps(Session& session) {
  ListInstancesResponse list = session.upyd().list_instances();
  session.show(list, instance_table(list));
  return kSuccess;
}

struct CreateOptions {
  std::string name;
  InstanceOptions instance;
  TtyOptions tty;
  TimeLimits limits;
  std::optional<uint32_t> opt_level;
};

int create(Session& session, const CreateOptions& options) {
  CreateInstanceRequest request;
  request.set_name(options.name);
  *request.mutable_config() = options.instance.config();
  options.tty.put_into(*request.mutable_config());
  options.limits.put_into(*request.mutable_config());
  if (options.opt_level) request.mutable_config()->set_opt_level(*options.opt_level);
  Instance instance = session.upyd().create_instance(request);
  session.show(instance, instance.name() + "\n");
  return kSuccess;
}

struct RemoveOptions {
  std::vector<std::string> names;
  bool force = false;
};

/// One that can't be deleted does not save the others.
int remove(Session& session, const RemoveOptions& options) {
  int status = kSuccess;
  for (const std::string& name : options.names) {
    DeleteInstanceRequest request;
    request.set_name(name);
    request.set_force(options.force);
    try {
      session.upyd().delete_instance(request);
    } catch (const upyclient::Error& error) {
      if (error.code() == grpc::UNAVAILABLE) throw;
      session.terminal().note(error.what());
      status = kFailure;
    }
  }
  return status;
}

struct InfoOptions {
  std::string name;
  bool verbose = false;

  void add_to(CLI::App& command, const std::string& more) {
    command.add_option("NAME", name, "The instance")->required()->type_name("");
    command.add_flag("-v,--verbose", verbose, more);
  }
};

/// MicroPython's own text, then what it has no words for.
std::string mem_info_text(const MemInfo& info, const Terminal& terminal) {
  std::string text = terminal.shows_colors() ? color_map(info.text()) : info.text();
  text += fmt::format("heap: {} of {} used, {} at most, {} committed, {} of libraries\n", size_text(info.heap_used()),
                      size_text(info.heap_total()), size_text(info.heap_peak()), size_text(info.heap_committed()),
                      size_text(info.external()));
  text += fmt::format("collections: {} in {}\n", info.collections(), time_text(info.collection_ns()));
  const ScheduleInfo& schedule = info.schedule();
  text += fmt::format("callbacks: {} run, {} waiting ({} at most), {} dropped, {} coalesced, {} the longest wait\n",
                      schedule.run(), schedule.waiting(), schedule.high_water(), schedule.dropped(),
                      schedule.coalesced(), time_text(schedule.worst_delay_ns()));
  return text;
}

int mem_info(Session& session, const InfoOptions& options) {
  GetMemInfoRequest request;
  request.set_instance(options.name);
  request.set_verbose(options.verbose);
  MemInfo info = session.upyd().get_mem_info(request);
  session.show(info, mem_info_text(info, session.terminal()));
  return kSuccess;
}

int qstr_info(Session& session, const InfoOptions& options) {
  GetQstrInfoRequest request;
  request.set_instance(options.name);
  request.set_verbose(options.verbose);
  const QstrInfo info = session.upyd().get_qstr_info(request);
  session.show(info, info.text());
  return kSuccess;
}

}  // namespace

void add_instance_commands(CLI::App& root, Session& session) {
  session.add_command(root, "ps", "List the instances and what they run", [&session] { return ps(session); });

  auto creation = std::make_shared<CreateOptions>();
  CLI::App* command = session.add_command(root, "create", "Create a standing instance and print its name",
                                          [&session, creation] { return create(session, *creation); });
  command->add_option("NAME", creation->name, "Its name; without one upyd chooses")->type_name("");
  add_opt_level(*command, creation->opt_level);
  creation->limits.add_to(*command);
  creation->tty.add_to(*command);
  creation->instance.add_to(*command);

  auto removal = std::make_shared<RemoveOptions>();
  command = session.add_command(root, "rm", "Delete standing instances",
                                [&session, removal] { return remove(session, *removal); });
  command->add_option("NAME", removal->names, "Their names")->required()->type_name("");
  command->add_flag("-f,--force", removal->force, "Kill what they run");

  auto memory = std::make_shared<InfoOptions>();
  command = session.add_command(root, "mem-info", "Show the memory of an instance, running or not",
                                [&session, memory] { return mem_info(session, *memory); });
  memory->add_to(*command, "Add the map of its heap");

  auto strings = std::make_shared<InfoOptions>();
  command = session.add_command(root, "qstr-info", "Show how many strings an instance has interned",
                                [&session, strings] { return qstr_info(session, *strings); });
  strings->add_to(*command, "List them");
}

}  // namespace upyctl
