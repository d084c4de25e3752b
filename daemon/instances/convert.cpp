#include "instances/convert.h"

#include "port/time_units.h"
#include "system/utf8.h"

namespace upyd {
namespace {

void set_kind(v1::Outcome& proto, const upy::Outcome& outcome) {
  using Kind = upy::Outcome::Kind;
  switch (outcome.kind) {
    case Kind::Finished:
      proto.mutable_finished();
      break;
    case Kind::Exception:
      proto.mutable_exception()->set_type(told_text(outcome.type));
      proto.mutable_exception()->set_message(told_text(outcome.message));
      proto.mutable_exception()->set_traceback(told_text(outcome.traceback));
      break;
    case Kind::Interrupted:
      proto.mutable_interrupted()->set_traceback(told_text(outcome.traceback));
      break;
    case Kind::Stopped:
      proto.mutable_stopped();
      break;
    case Kind::Killed:
      proto.mutable_killed()->set_limit(upyd::to_proto(outcome.limit));
      break;
    case Kind::Refused:
      proto.mutable_refused();
      if (outcome.compile_error) *proto.mutable_refused()->add_diagnostics() = upyd::to_proto(*outcome.compile_error);
      break;
  }
}

v1::ScheduleInfo schedule_to_proto(const upy::ScheduleInfo& schedule) {
  v1::ScheduleInfo proto;
  proto.set_run(schedule.run);
  proto.set_dropped(schedule.dropped);
  proto.set_waiting(schedule.waiting);
  proto.set_high_water(schedule.high_water);
  proto.set_coalesced(schedule.coalesced);
  proto.set_worst_delay_ns(static_cast<uint64_t>(schedule.worst_delay_ns));
  return proto;
}

/// Tells what the user may do about a blob of others here.
void advise(upy::CompileError& error) {
  constexpr std::string_view kAdvice = ", or set accept = \"any\" under [blobs] in upyd.toml";
  error.message += kAdvice;
  if (error.traceback.ends_with('\n')) error.traceback.pop_back();
  (error.traceback += kAdvice) += '\n';
}

}  // namespace

v1::Killed::Limit to_proto(upy::Limit limit) {
  switch (limit) {
    case upy::Limit::None:
      return v1::Killed::LIMIT_UNSPECIFIED;
    case upy::Limit::Wall:
      return v1::Killed::LIMIT_WALL;
    case upy::Limit::Cpu:
      return v1::Killed::LIMIT_CPU;
    case upy::Limit::Request:
      return v1::Killed::LIMIT_REQUEST;
    case upy::Limit::Shutdown:
      return v1::Killed::LIMIT_SHUTDOWN;
    case upy::Limit::Watchdog:
      return v1::Killed::LIMIT_WATCHDOG;
  }
  return v1::Killed::LIMIT_UNSPECIFIED;
}

v1::InstanceReset::Cause to_proto(upy::ResetCause cause) {
  switch (cause) {
    case upy::ResetCause::PowerOn:
      return v1::InstanceReset::CAUSE_UNSPECIFIED;
    case upy::ResetCause::Hard:
      return v1::InstanceReset::CAUSE_HARD;
    case upy::ResetCause::Watchdog:
      return v1::InstanceReset::CAUSE_WATCHDOG;
    case upy::ResetCause::DeepSleep:
      return v1::InstanceReset::CAUSE_DEEP_SLEEP;
    case upy::ResetCause::Soft:
      return v1::InstanceReset::CAUSE_SOFT;
  }
  return v1::InstanceReset::CAUSE_UNSPECIFIED;
}

v1::Diagnostic to_proto(upy::CompileError error) {
  if (error.is_foreign) advise(error);
  v1::Diagnostic diagnostic;
  diagnostic.set_type(error.type);
  diagnostic.set_message(told_text(error.message));
  diagnostic.set_file(told_text(error.file));
  diagnostic.set_line(static_cast<uint32_t>(error.line));
  diagnostic.set_column(static_cast<uint32_t>(error.column));
  diagnostic.set_traceback(told_text(error.traceback));
  return diagnostic;
}

v1::Outcome to_proto(const RunReport& report) {
  v1::Outcome outcome;
  set_kind(outcome, report.outcome);
  outcome.set_exit_status(report.outcome.exit_status);
  outcome.set_wall_ns(static_cast<uint64_t>(report.wall_ns));
  outcome.set_cpu_ns(static_cast<uint64_t>(report.cpu_ns));
  outcome.set_released_heap_locks(static_cast<uint32_t>(report.outcome.released_locks));
  outcome.set_left_armed(static_cast<uint32_t>(report.outcome.left_armed));
  return outcome;
}

v1::Stream to_proto(upy::Console::Stream stream) {
  return stream == upy::Console::Stream::Out ? v1::STREAM_STDOUT : v1::STREAM_STDERR;
}

v1::OutcomeCounts to_proto(const std::array<uint64_t, OutcomeCounts::kKinds>& counts) {
  using Kind = upy::Outcome::Kind;
  const auto of = [&](Kind kind) { return counts[static_cast<size_t>(kind)]; };
  v1::OutcomeCounts proto;
  proto.set_finished(of(Kind::Finished));
  proto.set_exception(of(Kind::Exception));
  proto.set_interrupted(of(Kind::Interrupted));
  proto.set_stopped(of(Kind::Stopped));
  proto.set_killed(of(Kind::Killed));
  proto.set_refused(of(Kind::Refused));
  return proto;
}

void tell(const InstanceCounts& counts, v1::Instance& instance) {
  instance.set_runs(counts.runs);
  instance.set_cpu_ns(static_cast<uint64_t>(counts.cpu_ns));
  *instance.mutable_outcomes() = to_proto(counts.outcomes);
  instance.set_callback_errors(counts.callback_errors);
}

v1::InstanceFigures to_proto(const upy::Figures& figures) {
  v1::InstanceFigures proto;
  proto.set_heap_used(figures.heap_used);
  proto.set_heap_peak(figures.heap_peak);
  proto.set_external(figures.external);
  proto.set_collections(figures.collections);
  proto.set_collection_ns(static_cast<uint64_t>(figures.collection_ns));
  *proto.mutable_schedule() = schedule_to_proto(figures.schedule);
  return proto;
}

v1::MemInfo to_proto(const MemoryFigures& figures) {
  const auto& [info, schedule] = figures;
  v1::MemInfo proto;
  proto.set_heap_total(info.heap_total);
  proto.set_heap_used(info.heap_used);
  proto.set_heap_free(info.heap_free);
  proto.set_heap_committed(info.heap_committed);
  proto.set_heap_peak(info.heap_peak);
  proto.set_allocated(info.allocated);
  proto.set_largest_free(info.largest_free);
  proto.set_external(info.external);
  proto.set_collections(info.collections);
  proto.set_collection_ns(static_cast<uint64_t>(info.collection_ns));
  proto.set_one_blocks(info.one_blocks);
  proto.set_two_blocks(info.two_blocks);
  proto.set_max_block(info.max_block);
  proto.mutable_size_histogram()->Assign(info.size_histogram.begin(), info.size_histogram.end());
  proto.set_stack_used(info.stack_used);
  proto.set_stack_limit(info.stack_limit);
  proto.set_text(valid_utf8(info.text));
  proto.set_map_kinds(info.map_kinds);
  proto.mutable_map_blocks()->Assign(info.map_blocks.begin(), info.map_blocks.end());
  *proto.mutable_schedule() = schedule_to_proto(schedule);
  return proto;
}

v1::ConsoleHolder to_proto(ConsoleLink::Holder holder) {
  return holder == ConsoleLink::Holder::Client ? v1::CONSOLE_HOLDER_CLIENT : v1::CONSOLE_HOLDER_TTY;
}

RunLimits run_limits(const v1::InstanceConfig& config) {
  return {static_cast<int64_t>(config.wall_ms()) * upy::kNsPerMs,
          static_cast<int64_t>(config.cpu_ms()) * upy::kNsPerMs};
}

v1::QstrInfo to_proto(const upy::QstrInfo& info) {
  v1::QstrInfo proto;
  proto.set_pools(info.pools);
  proto.set_count(info.count);
  proto.set_data_bytes(info.data_bytes);
  proto.set_total_bytes(info.total_bytes);
  for (const std::string& string : info.strings) proto.add_strings(valid_utf8(string));
  proto.set_text(valid_utf8(info.text));
  return proto;
}

}  // namespace upyd
