#include <fmt/format.h>

#include "upyctl/commands.h"
#include "upyctl/instance_options.h"
#include "upyctl/moment.h"
#include "upyctl/units.h"

namespace upyctl {
namespace {

using grpc::health::v1::HealthCheckResponse;

std::string status_text(const upyd::v1::Status& status, const upyd::Address& address) {
  return fmt::format("upyd {} at {}, process {}, since {}{}\n{} of {} instances, {} running, {} runs, {} resident\n",
                     status.version(), address.url(), status.pid(), moment_text(status.start_time()),
                     status.draining() ? ", shutting down" : "", status.instances(), status.max_instances(),
                     status.running(), status.runs(), size_text(status.resident_bytes()));
}

int version(Session& session) {
  const Terminal& terminal = session.terminal();
  if (session.format() == Format::Json) {
    std::string daemon = json_text(session.upyd().get_status());
    terminal.out(fmt::format("{{\"client\": {{\"version\": \"{}\"}},\n\"daemon\": {}}}\n", UPYD_VERSION, daemon));
    return kSuccess;
  }
  terminal.out(fmt::format("upyctl {}\n", UPYD_VERSION));
  terminal.out(status_text(session.upyd().get_status(), session.upyd().address()));
  return kSuccess;
}

/// Of the daemon, or of an instance.
int health(Session& session, const std::string& instance) {
  grpc::health::v1::HealthCheckRequest request;
  if (!instance.empty()) request.set_service("board/" + instance);
  HealthCheckResponse answer = session.upyd().check_health(request);
  session.show(answer, HealthCheckResponse::ServingStatus_Name(answer.status()) + "\n");
  return answer.status() == HealthCheckResponse::SERVING ? kSuccess : kFailure;
}

}  // namespace

void add_daemon_commands(CLI::App& root, Session& session) {
  session.add_command(root, "version", "Show the versions of upyctl and upyd, and what upyd does",
                      [&session] { return version(session); });
  auto instance = std::make_shared<std::string>();
  CLI::App* command = session.add_command(root, "health", "Ask whether upyd serves; the exit status is 0 if it does",
                                          [&session, instance] { return health(session, *instance); });
  command->add_option("NAME", *instance, "A standing instance, in place of upyd itself")
      ->check(name_value())
      ->type_name("");
}

}  // namespace upyctl
