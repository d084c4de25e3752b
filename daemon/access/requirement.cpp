#include "access/requirement.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string_view>

namespace upyd {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

constexpr Requirement kRequirements[] = {
    {"grpc.health.v1.HealthCheckRequest", Role::Viewer, Effect::None, "service", "board/"},
    {"upyd.v1.GetStatusRequest", Role::Viewer, Effect::None, ""},

    {"upyd.v1.CreateInstanceRequest", Role::Operator, Effect::Changes, ""},
    {"upyd.v1.ListInstancesRequest", Role::Viewer, Effect::None, ""},
    {"upyd.v1.GetInstanceRequest", Role::Viewer, Effect::None, "name"},
    {"upyd.v1.DeleteInstanceRequest", Role::Operator, Effect::Changes, "name"},
    {"upyd.v1.StartInstanceRequest", Role::Operator, Effect::Changes, "name"},
    {"upyd.v1.StopInstanceRequest", Role::Operator, Effect::Changes, "name"},
    {"upyd.v1.RestartInstanceRequest", Role::Operator, Effect::Changes, "name"},
    {"upyd.v1.UpdateInstanceRequest", Role::Operator, Effect::Changes, "name"},
    {"upyd.v1.GetMemInfoRequest", Role::Viewer, Effect::None, "instance"},
    {"upyd.v1.GetQstrInfoRequest", Role::Viewer, Effect::None, "instance"},

    {"upyd.v1.CompileRequest", Role::Operator, Effect::None, ""},
    {"upyd.v1.RunRequest", Role::Operator, Effect::Changes, "instance"},
    {"upyd.v1.RunWithInputRequest", Role::Operator, Effect::Changes, "run.instance"},
    {"upyd.v1.ConsoleRequest", Role::Operator, Effect::Changes, "instance"},
    {"upyd.v1.InterruptRequest", Role::Operator, Effect::Changes, "instance"},
    {"upyd.v1.WaitForRunRequest", Role::Viewer, Effect::None, ""},

    {"upyd.v1.ListFilesRequest", Role::Operator, Effect::None, "instance"},
    {"upyd.v1.StatFileRequest", Role::Operator, Effect::None, "instance"},
    {"upyd.v1.ReadFileRequest", Role::Operator, Effect::None, "instance"},
    {"upyd.v1.WriteFileRequest", Role::Operator, Effect::Changes, "target.instance"},
    {"upyd.v1.MakeDirectoryRequest", Role::Operator, Effect::Changes, "instance"},
    {"upyd.v1.RenameFileRequest", Role::Operator, Effect::Changes, "instance"},
    {"upyd.v1.RemoveFileRequest", Role::Operator, Effect::Changes, "instance"},
    {"upyd.v1.GetDiskUsageRequest", Role::Operator, Effect::None, "instance"},
    {"upyd.v1.DeployFilesRequest", Role::Operator, Effect::Changes, "target.instance"},
    {"upyd.v1.HashFileRequest", Role::Operator, Effect::None, "instance"},

    {"upyd.v1.ReadLogRequest", Role::Viewer, Effect::None, "instance"},
    {"upyd.v1.WatchEventsRequest", Role::Viewer, Effect::None, ""},

    {"upyd.v1.ListChipsRequest", Role::Viewer, Effect::None, ""},
    {"upyd.v1.ListLinesRequest", Role::Viewer, Effect::None, ""},
    {"upyd.v1.DriveLinesRequest", Role::Operator, Effect::Changes, ""},
    {"upyd.v1.MonitorLinesRequest", Role::Viewer, Effect::None, ""},
};

}  // namespace

std::span<const Requirement> requirements() { return kRequirements; }

const Requirement* find_requirement(const Descriptor& request) {
  const auto* const found =
      std::find_if(std::begin(kRequirements), std::end(kRequirements),
                   [&](const Requirement& requirement) { return requirement.request == request.full_name(); });
  return found == std::end(kRequirements) ? nullptr : found;
}

std::string instance_of(const Message& request, const Requirement& requirement) {
  std::string_view path = requirement.instance;
  if (path.empty()) return "";
  const Message* message = &request;
  for (size_t dot; (dot = path.find('.')) != std::string_view::npos; path.remove_prefix(dot + 1)) {
    const auto* const field = message->GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
    message = &message->GetReflection()->GetMessage(*message, field);
  }
  const auto* const field = message->GetDescriptor()->FindFieldByName(std::string(path));
  const std::string name = message->GetReflection()->GetString(*message, field);
  return name.starts_with(requirement.prefix) ? name.substr(std::strlen(requirement.prefix)) : "";
}

Wanted wanted_by(const Message& request) {
  const Requirement* const needed = find_requirement(*request.GetDescriptor());
  return {needed, needed ? instance_of(request, *needed) : ""};
}

}  // namespace upyd
