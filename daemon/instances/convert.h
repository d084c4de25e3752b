#pragma once

#include "instances/console_link.h"
#include "instances/inspection.h"
#include "instances/instance_counts.h"
#include "instances/job.h"
#include "upy/instance.h"
#include "upyd/v1/events.pb.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/script.pb.h"

/// What is known of instances as the API has it, and the other way round.
namespace upyd {

v1::Diagnostic to_proto(upy::CompileError error);
v1::Outcome to_proto(const RunReport& report);
v1::Killed::Limit to_proto(upy::Limit limit);
v1::InstanceReset::Cause to_proto(upy::ResetCause cause);
v1::Stream to_proto(upy::Console::Stream stream);
v1::OutcomeCounts to_proto(const std::array<uint64_t, OutcomeCounts::kKinds>& counts);
/// Tells of an instance what is counted of it.
void tell(const InstanceCounts& counts, v1::Instance& instance);
v1::InstanceFigures to_proto(const upy::Figures& figures);
v1::MemInfo to_proto(const MemoryFigures& figures);
v1::QstrInfo to_proto(const upy::QstrInfo& info);
v1::ConsoleHolder to_proto(ConsoleLink::Holder holder);

/// The limits that the settings of an instance set to its runs.
RunLimits run_limits(const v1::InstanceConfig& config);

}  // namespace upyd
