#include "rpc_test.h"

#include <thread>

namespace upyd {
namespace {

void take(const v1::RunEvent& event, RunRecord& record) {
  switch (event.event_case()) {
    case v1::RunEvent::kStarted:
      record.started = event.started();
      break;
    case v1::RunEvent::kOutput:
      (event.output().stream() == v1::STREAM_STDOUT ? record.out : record.err) += event.output().data();
      break;
    case v1::RunEvent::kDropped:
      record.dropped += event.dropped().bytes();
      break;
    case v1::RunEvent::kOutcome:
      record.outcome = event.outcome();
      ++record.outcomes;
      break;
    case v1::RunEvent::kInputWanted:
      ++record.wants;
      break;
    case v1::RunEvent::EVENT_NOT_SET:
      ADD_FAILURE() << "an empty event";
  }
}

}  // namespace

v1::Instance RpcTest::create(const std::string& name, const v1::InstanceConfig& config) {
  v1::CreateInstanceRequest request;
  request.set_name(name);
  *request.mutable_config() = config;
  return upyd().create_instance(request);
}

void RpcTest::remove(const std::string& name) {
  v1::DeleteInstanceRequest request;
  request.set_name(name);
  request.set_force(true);
  upyd().delete_instance(request);
}

v1::RunRequest RpcTest::in(const std::string& instance, const std::string& source) {
  v1::RunRequest request;
  request.set_instance(instance);
  request.set_source(source);
  return request;
}

v1::RunRequest RpcTest::alone(const std::string& source) {
  v1::RunRequest request;
  request.mutable_own();
  request.set_source(source);
  return request;
}

RunRecord RpcTest::run(const v1::RunRequest& request) {
  auto stream = upyd().run(request);
  return finish(stream);
}

bool RpcTest::record(upyclient::RunWithInputStream& stream, RunRecord& record) {
  v1::RunEvent event;
  if (!stream.read(event)) return false;
  take(event, record);
  return true;
}

RunRecord RpcTest::finish(upyclient::RunStream& stream, RunRecord record) {
  for (v1::RunEvent event; stream.read(event);) {
    EXPECT_EQ(record.outcomes, 0) << "nothing comes after the outcome";
    take(event, record);
  }
  EXPECT_EQ(record.outcomes, 1);
  return record;
}

RunRecord RpcTest::read_until(upyclient::RunStream& stream, const std::string& text) {
  RunRecord record;
  for (v1::RunEvent event; record.out.find(text) == std::string::npos && stream.read(event);) {
    take(event, record);
  }
  EXPECT_NE(record.out.find(text), std::string::npos) << record.out << record.err;
  return record;
}

v1::ConsoleRequest RpcTest::console_of(const std::string& instance) {
  v1::ConsoleRequest request;
  request.set_instance(instance);
  return request;
}

upyclient::ConsoleStream RpcTest::open_console(const v1::ConsoleRequest& first) {
  upyclient::ConsoleStream console = upyd().console(first);
  v1::ConsoleEvent event;
  EXPECT_TRUE(console.read(event));
  EXPECT_TRUE(event.has_opened());
  return console;
}

std::string RpcTest::read_until(upyclient::ConsoleStream& console, const std::string& text) {
  std::string shown;
  for (v1::ConsoleEvent event; shown.find(text) == std::string::npos && console.read(event);) {
    shown += event.output().data();
  }
  return shown;
}

v1::InterruptResponse RpcTest::interrupt(const std::string& instance, v1::InterruptRequest::Level level) {
  v1::InterruptRequest request;
  request.set_instance(instance);
  request.set_level(level);
  return upyd().interrupt(request);
}

void RpcTest::drive(const std::string& line, v1::Drive drive) {
  v1::DriveLinesRequest request;
  request.add_drives()->set_line(line);
  request.mutable_drives(0)->set_drive(drive);
  upyd().drive_lines(request);
}

v1::Line RpcTest::line(const std::string& id) {
  v1::ListLinesRequest request;
  request.add_ids(id);
  return upyd().list_lines(request).lines(0);
}

grpc::StatusCode RpcTest::code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const upyclient::Error& error) {
    EXPECT_STRNE(error.what(), "");
    return error.code();
  }
  return grpc::StatusCode::OK;
}

bool RpcTest::soon(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace upyd
