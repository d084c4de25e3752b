#include "gpio_service.h"

#include "monitor_call.h"
#include "requests.h"

namespace upyd {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using upy::PinConfig;

v1::Line::Direction to_proto(PinConfig::Mode mode) {
  switch (mode) {
    case PinConfig::Mode::Out:
      return v1::Line::DIRECTION_OUT;
    case PinConfig::Mode::OpenDrain:
      return v1::Line::DIRECTION_OPEN_DRAIN;
    default:
      return v1::Line::DIRECTION_IN;
  }
}

v1::Line::Pull to_proto(PinConfig::Pull pull) {
  switch (pull) {
    case PinConfig::Pull::Up:
      return v1::Line::PULL_UP;
    case PinConfig::Pull::Down:
      return v1::Line::PULL_DOWN;
    default:
      return v1::Line::PULL_NONE;
  }
}

v1::Drive to_proto(SimDrive drive) {
  switch (drive) {
    case SimDrive::Low:
      return v1::DRIVE_LOW;
    case SimDrive::High:
      return v1::DRIVE_HIGH;
    default:
      return v1::DRIVE_NONE;
  }
}

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

}  // namespace

ServerUnaryReactor* GpioService::ListChips(CallbackServerContext* context, const v1::ListChipsRequest*,
                                           v1::ListChipsResponse* response) {
  for (const SimChip& chip : gpio_.chips()) {
    v1::Chip& proto = *response->add_chips();
    proto.set_name(chip.name);
    proto.set_label(chip.label);
    proto.set_num_lines(static_cast<uint32_t>(chip.line_names.size()));
    proto.set_simulated(true);
  }
  ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

ServerUnaryReactor* GpioService::ListLines(CallbackServerContext* context, const v1::ListLinesRequest* request,
                                           v1::ListLinesResponse* response) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(list(*request, *response));
  return reactor;
}

ServerUnaryReactor* GpioService::DriveLines(CallbackServerContext* context, const v1::DriveLinesRequest* request,
                                            v1::DriveLinesResponse*) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(drive(*request));
  return reactor;
}

grpc::ServerWriteReactor<v1::MonitorLinesResponse>* GpioService::MonitorLines(CallbackServerContext*,
                                                                              const v1::MonitorLinesRequest* request) {
  return MonitorCall::start(gpio_, reactor_, *request);
}

grpc::Status GpioService::list(const v1::ListLinesRequest& request, v1::ListLinesResponse& response) {
  if (request.ids().empty()) {
    for (uint32_t chip = 0; chip < gpio_.chips().size(); ++chip) add_chip(chip, response);
  }
  for (const std::string& id : request.ids()) {
    if (const auto chip = gpio_.find_chip(id)) {
      add_chip(*chip, response);
    } else if (const auto line = gpio_.find(id)) {
      describe(*line, *response.add_lines());
    } else {
      return {grpc::StatusCode::NOT_FOUND,
              "there is no GPIO chip or line '" + id + "'; 'ListLines' without ids lists all"};
    }
  }
  return grpc::Status::OK;
}

grpc::Status GpioService::drive(const v1::DriveLinesRequest& request) {
  std::vector<std::pair<LineRef, SimDrive>> drives;
  for (const v1::LineDrive& wanted : request.drives()) {
    const auto line = gpio_.find(wanted.line());
    if (!line) return no_line(wanted.line());
    const auto drive = from_proto(wanted.drive());
    if (!drive) return invalid("say how to drive line '" + wanted.line() + "': DRIVE_NONE, DRIVE_LOW or DRIVE_HIGH");
    drives.emplace_back(*line, *drive);
  }
  if (drives.empty()) return invalid("name at least one line to drive");
  if (const auto error = gpio_.drive(drives)) return {grpc::StatusCode::FAILED_PRECONDITION, error.message};
  return grpc::Status::OK;
}

void GpioService::add_chip(uint32_t chip, v1::ListLinesResponse& response) {
  const auto lines = static_cast<uint32_t>(gpio_.chips()[chip].line_names.size());
  for (uint32_t offset = 0; offset < lines; ++offset) describe({chip, offset}, *response.add_lines());
}

void GpioService::describe(LineRef ref, v1::Line& line) {
  const SimGpio::Line state = gpio_.state(ref);
  line.set_chip(gpio_.chips()[ref.chip].name);
  line.set_offset(ref.offset);
  line.set_name(gpio_.name(ref));
  line.set_direction(to_proto(state.mode));
  line.set_pull(to_proto(state.pull));
  line.set_level(static_cast<uint32_t>(state.level));
  line.set_drive(to_proto(state.drive));
  line.set_writer(state.writer);
  line.mutable_readers()->Assign(state.readers.begin(), state.readers.end());
}

}  // namespace upyd
