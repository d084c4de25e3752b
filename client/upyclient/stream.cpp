#include "upyclient/stream.h"

#include <grpcpp/client_context.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include <utility>

#include "upyclient/error.h"
#include "upyclient/event_stream.h"
#include "upyd/v1/events.pb.h"
#include "upyd/v1/file.pb.h"
#include "upyd/v1/gpio.pb.h"
#include "upyd/v1/log.pb.h"

namespace upyclient {

using namespace upyd::v1;

template <typename Response, typename Call>
Stream<Response, Call>::Stream(Host host, std::unique_ptr<grpc::ClientContext> context, std::unique_ptr<Call> call)
    : host_(std::move(host)), context_(std::move(context)), call_(std::move(call)) {}

template <typename Response, typename Call>
Stream<Response, Call>::Stream(Stream&&) noexcept = default;

template <typename Response, typename Call>
Stream<Response, Call>::~Stream() {
  if (is_over_ || !call_) return;
  context_->TryCancel();
  call_->Finish();
}

template <typename Response, typename Call>
bool Stream<Response, Call>::read(Response& response) {
  if (is_over_) return false;
  if (call_->Read(&response)) return true;
  is_over_ = true;
  grpc::Status status = call_->Finish();
  if (!status.ok()) throw error_of(status, host_);
  return false;
}

template <typename Response, typename Call>
void Stream<Response, Call>::cancel() {
  context_->TryCancel();
}

template class Stream<RunResponse>;
template class Stream<RunResponse, grpc::ClientReaderWriter<RunWithInputRequest, RunResponse>>;
template class Stream<ConsoleResponse, grpc::ClientReaderWriter<ConsoleRequest, ConsoleResponse>>;
template class Stream<MonitorLinesResponse>;
template class Stream<WatchEventsResponse>;
template class Stream<ReadLogResponse>;
template class Stream<ListFilesResponse>;
template class Stream<ReadFileResponse>;

bool RunWithInputStream::write(std::string_view input) {
  RunWithInputRequest request;
  request.set_input(input.data(), input.size());
  return call().Write(request);
}

void RunWithInputStream::end_input() { call().WritesDone(); }

bool ConsoleStream::write(std::string_view input) {
  ConsoleRequest request;
  request.set_input(input.data(), input.size());
  return call().Write(request);
}

bool ConsoleStream::tell_columns(uint32_t columns) {
  ConsoleRequest request;
  request.set_columns(columns);
  return call().Write(request);
}

void ConsoleStream::end_input() { call().WritesDone(); }

}  // namespace upyclient
