#pragma once

#include "instances/inspection.h"
#include "instances/job.h"
#include "upy/instance.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/script.pb.h"

/// The interpreter's answers as the API has them.
namespace upyd {

v1::Diagnostic to_proto(upy::CompileError error);
v1::Outcome to_proto(const RunReport& report);
v1::Killed::Limit to_proto(upy::Limit limit);
v1::Stream to_proto(upy::Console::Stream stream);
v1::MemInfo to_proto(const MemoryFigures& figures);
v1::QstrInfo to_proto(const upy::QstrInfo& info);

}  // namespace upyd
