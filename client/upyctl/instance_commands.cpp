#include <fmt/format.h>
#include <pwd.h>

#include <cstdlib>
#include <memory>
#include <string_view>

#include "upyctl/commands.h"
#include "upyctl/heap_map.h"
#include "upyctl/instance_options.h"
#include "upyctl/instance_state.h"
#include "upyctl/table.h"
#include "upyctl/units.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

std::string kind_of(const Instance& instance) {
  if (instance.owned_by_run()) return "run";
  if (instance.owned_by_console()) return "console";
  return instance.persistent() ? "board" : "standing";
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

/// Of an upyd on this machine the name of a user, if there is one.
std::string owner_text(Session& session, const std::string& owner) {
  constexpr std::string_view kUser = "uid:";
  if (!session.upyd().address().is_unix() || !owner.starts_with(kUser)) return owner;
  const passwd* const user = getpwuid(static_cast<uid_t>(std::strtoul(owner.c_str() + kUser.size(), nullptr, 10)));
  return user ? user->pw_name : owner;
}

std::string instance_table(Session& session, const ListInstancesResponse& list) {
  Table table({"NAME", "KIND", "STATE", "SCRIPT", "TIME", "RUNS", "CPU", "HEAP", "AGE", "OWNER", "CONSOLE", "TTY"});
  for (const Instance& instance : list.instances()) {
    table.add({instance.name(), kind_of(instance), state_text(instance), instance.run().file(),
               instance.has_run() ? age_text(instance.run().start_time()) : "", std::to_string(instance.runs()),
               time_text(instance.cpu_ns()), size_text(instance.config().heap_bytes()),
               age_text(instance.create_time()), owner_text(session, instance.config().owner()),
               holder_text(instance.console()), instance.tty()});
  }
  return table.text();
}

struct PsOptions {
  bool names_only = false;
};

std::string names_text(const ListInstancesResponse& list) {
  std::string text;
  for (const Instance& instance : list.instances()) text += instance.name() + "\n";
  return text;
}

int ps(Session& session, const PsOptions& options) {
  ListInstancesResponse list = session.upyd().list_instances();
  session.show(list, options.names_only ? names_text(list) : instance_table(session, list));
  return kSuccess;
}

struct CreateOptions {
  std::string name;
  InstanceOptions instance;
  LifeOptions life;
  TtyOptions tty;
  TimeLimits limits;
  std::optional<uint32_t> opt_level;
};

int create(Session& session, const CreateOptions& options) {
  CreateInstanceRequest request;
  request.set_name(options.name);
  *request.mutable_config() = options.instance.config();
  options.life.put_into(request);
  options.tty.put_into(*request.mutable_config());
  options.limits.put_into(*request.mutable_config());
  if (options.opt_level) request.mutable_config()->set_opt_level(*options.opt_level);
  Instance instance = session.upyd().create_instance(request);
  session.show(instance, instance.name() + "\n");
  return kSuccess;
}

struct RemoveOptions {
  std::vector<std::string> names;
  bool all = false;
  bool force = false;
};

/// Those that `rm --all` means: what was made for a run or a console goes with that.
std::vector<std::string> standing_instances(upyclient::Connection& upyd) {
  const ListInstancesResponse list = upyd.list_instances();
  std::vector<std::string> names;
  for (const Instance& instance : list.instances()) {
    if (!instance.owned_by_run() && !instance.owned_by_console()) names.push_back(instance.name());
  }
  return names;
}

/// One that can't be deleted does not save the others.
int remove(Session& session, const RemoveOptions& options) {
  if (options.names.empty() && !options.all) {
    throw CLI::RequiredError("name the instances to delete, or say --all", CLI::ExitCodes::RequiredError);
  }
  int status = kSuccess;
  for (const std::string& name : options.all ? standing_instances(session.upyd()) : options.names) {
    DeleteInstanceRequest request;
    request.set_name(name);
    request.set_force(options.force);
    try {
      session.upyd().delete_instance(request);
    } catch (const upyclient::Error& error) {
      if (error.code() == grpc::UNAVAILABLE) throw;
      if (options.all && error.code() == grpc::NOT_FOUND) continue;  // somebody else was faster
      session.terminal().note(session.explain(error));
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
  auto listing = std::make_shared<PsOptions>();
  CLI::App* command = session.add_command(root, "ps", "List the instances and what they run",
                                          [&session, listing] { return ps(session, *listing); });
  command->add_flag("-q,--quiet", listing->names_only, "Their names alone");

  auto creation = std::make_shared<CreateOptions>();
  command = session.add_command(root, "create", "Create a standing instance and print its name",
                                [&session, creation] { return create(session, *creation); });
  command->add_option("NAME", creation->name, "Its name; without one upyd chooses")->check(name_value())->type_name("");
  add_opt_level(*command, creation->opt_level);
  creation->limits.add_to(*command);
  creation->life.add_to(*command);
  creation->tty.add_to(*command);
  creation->instance.add_to(*command);

  auto removal = std::make_shared<RemoveOptions>();
  command = session.add_command(root, "rm", "Delete standing instances",
                                [&session, removal] { return remove(session, *removal); });
  CLI::Option* names = command->add_option("NAME", removal->names, "Their names")->type_name("");
  command->add_flag("--all", removal->all, "All there are, but for those of single runs and consoles")->excludes(names);
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
