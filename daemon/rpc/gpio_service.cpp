#include "rpc/gpio_service.h"

#include <algorithm>

#include "access/access.h"
#include "events/gpio_convert.h"
#include "gpio/gpio.h"
#include "gpio/line_grant.h"
#include "reactor/reactor.h"
#include "rpc/answer.h"
#include "rpc/line_holders.h"
#include "rpc/monitor_call.h"
#include "rpc/requests.h"
#include "rpc/services.h"

namespace upyd {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

std::optional<SimDrive> from_proto(v1::Drive drive) {
  switch (drive) {
    case v1::DRIVE_NONE:
      return SimDrive::None;
    case v1::DRIVE_LOW:
      return SimDrive::Low;
    case v1::DRIVE_HIGH:
      return SimDrive::High;
    default:
      return std::nullopt;
  }
}

void describe(const LinePlace& place, const Access& access, v1::Line& line) {
  to_proto(place.chip->name(), place.offset, place.chip->state(place.offset), line);
  hide_holders(access, line);
}

void describe(const std::shared_ptr<SharedChip>& chip, const Access& access, v1::ListLinesResponse& response) {
  const uint32_t lines = chip->num_lines();
  for (uint32_t offset = 0; offset < lines; ++offset) describe({chip, offset}, access, *response.add_lines());
}

/// Who drives a line acts on the instances that use it.
grpc::Status check_holders(const LinePlace& line, const Access& access) {
  const auto state = line.chip->state(line.offset);
  const auto is_others = [&](const std::string& instance) { return !instance.empty() && !access.operates(instance); };
  if (!is_others(state.writer) && std::none_of(state.readers.begin(), state.readers.end(), is_others)) {
    return grpc::Status::OK;
  }
  return {grpc::StatusCode::PERMISSION_DENIED,
          "GPIO line " + line.id() +
              " is used by an instance of somebody else: to drive it needs the role operator with all that use it"};
}

}  // namespace

ServerUnaryReactor* GpioService::ListChips(CallbackServerContext* context, const v1::ListChipsRequest* request,
                                           v1::ListChipsResponse* response) {
  return answer(*context, *access_, *request, [&] {
    for (const auto& chip : gpio_.chips()) {
      const ChipInfo info = chip->info();
      v1::Chip& proto = *response->add_chips();
      proto.set_name(info.name);
      proto.set_label(info.label);
      proto.set_num_lines(static_cast<uint32_t>(info.line_names.size()));
      proto.set_simulated(chip->is_simulated());
    }
    return grpc::Status::OK;
  });
}

ServerUnaryReactor* GpioService::ListLines(CallbackServerContext* context, const v1::ListLinesRequest* request,
                                           v1::ListLinesResponse* response) {
  return answer(*context, *access_, *request, [&] { return list(*request, *response); });
}

ServerUnaryReactor* GpioService::DriveLines(CallbackServerContext* context, const v1::DriveLinesRequest* request,
                                            v1::DriveLinesResponse*) {
  return answer(*context, *access_, *request, [&] { return drive(*request); });
}

grpc::ServerWriteReactor<v1::MonitorLinesResponse>* GpioService::MonitorLines(CallbackServerContext* context,
                                                                              const v1::MonitorLinesRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::MonitorLinesResponse>>(*context, *access_, *request, [&] {
    return MonitorCall::start(access_, gpio_, limit_, reactor_, streams_, *request);
  });
}

grpc::Status GpioService::list(const v1::ListLinesRequest& request, v1::ListLinesResponse& response) {
  if (auto status = check_number(request.ids_size(), "ids"); !status.ok()) return status;
  if (request.ids().empty()) {
    for (const auto& chip : gpio_.chips()) describe(chip, *access_, response);
  }
  for (const std::string& id : request.ids()) {
    if (const auto chip = gpio_.find_chip(id)) {
      describe(chip, *access_, response);
    } else if (const auto line = gpio_.find(id)) {
      describe(*line, *access_, *response.add_lines());
    } else {
      return {grpc::StatusCode::NOT_FOUND,
              "there is no GPIO chip or line '" + id + "'; 'ListLines' without ids lists all"};
    }
  }
  return grpc::Status::OK;
}

grpc::Status GpioService::drive(const v1::DriveLinesRequest& request) {
  std::vector<std::pair<LinePlace, SimDrive>> drives;
  for (const v1::LineDrive& wanted : request.drives()) {
    const auto line = gpio_.find(wanted.line());
    if (!line) return no_line(wanted.line());
    const auto drive = from_proto(wanted.drive());
    if (!drive) return invalid("say how to drive line '" + wanted.line() + "': DRIVE_NONE, DRIVE_LOW or DRIVE_HIGH");
    if (auto status = check_holders(*line, *access_); !status.ok()) return status;
    drives.emplace_back(*line, *drive);
  }
  if (drives.empty()) return invalid("name at least one line to drive");
  for (const auto& [line, drive] : drives) {
    if (const auto error = line.chip->check_drive(line.offset)) {
      return {grpc::StatusCode::FAILED_PRECONDITION, error.message};
    }
  }
  for (const auto& [line, drive] : drives) line.chip->drive(line.offset, drive);
  return grpc::Status::OK;
}

std::shared_ptr<grpc::Service> make_gpio_service(std::shared_ptr<const Access> access, const Gpio& gpio,
                                                 const LineGrant& limit, Reactor& reactor) {
  return std::make_shared<GpioService>(std::move(access), gpio, limit, reactor);
}

}  // namespace upyd
