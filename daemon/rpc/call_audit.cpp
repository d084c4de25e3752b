#include "rpc/call_audit.h"

#include <google/protobuf/descriptor.h>

#include <string>

#include "access/requirement.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/script.pb.h"

namespace upyd {
namespace {

namespace ge = grpc::experimental;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

/// The name of the instance that an answer is about, which may have been chosen or made with the call.
std::string instance_in(const Message& response) {
  if (const auto* const instance = dynamic_cast<const v1::Instance*>(&response)) return instance->name();
  if (const auto* const run = dynamic_cast<const v1::RunResponse*>(&response)) {
    return run->events().empty() ? "" : run->events(0).started().instance();
  }
  if (const auto* const console = dynamic_cast<const v1::ConsoleResponse*>(&response)) {
    return console->events().empty() ? "" : console->events(0).opened().instance();
  }
  return "";
}

/// Lives as long as a call.
class CallAudit final : public ge::Interceptor {
 public:
  CallAudit(const MethodDescriptor& method, const Requirement& needed, AuditTrail& trail)
      : method_(method), needed_(needed), trail_(trail) {}
  ~CallAudit() override { tell_end(); }

  void Intercept(ge::InterceptorBatchMethods* batch) override {
    using Point = ge::InterceptionHookPoints;
    if (batch->QueryInterceptionHookPoint(Point::POST_RECV_MESSAGE)) take_request(batch->GetRecvMessage());
    if (batch->QueryInterceptionHookPoint(Point::PRE_SEND_MESSAGE)) take_answer(batch->GetSendMessage());
    if (batch->QueryInterceptionHookPoint(Point::PRE_SEND_STATUS)) code_ = batch->GetSendStatus().error_code();
    batch->Proceed();
  }

 private:
  bool changes() const { return needed_.effect == Effect::Changes; }

  /// The first tells what it is about. The messages that gRPC hands on are those of the method.
  void take_request(void* request) {
    if (!request || has_request_) return;
    has_request_ = true;
    instance_ = instance_of(*static_cast<const Message*>(request), needed_);
  }
  void take_answer(const void* answer) {
    if (!answer || has_answer_) return;
    has_answer_ = true;
    if (instance_.empty()) instance_ = instance_in(*static_cast<const Message*>(answer));
    if (changes() && method_.server_streaming()) tell("begun");
  }
  void tell_end() {
    const bool is_refusal = code_ == grpc::PERMISSION_DENIED || code_ == grpc::UNAUTHENTICATED;
    if (changes() || is_refusal) tell(std::string(code_name(code_)), is_refusal);
  }
  void tell(const std::string& result, bool is_refusal = false) {
    trail_.add({method_.name(), instance_, result, is_refusal});
  }

  const MethodDescriptor& method_;
  const Requirement& needed_;
  AuditTrail& trail_;
  bool has_request_ = false;
  bool has_answer_ = false;
  std::string instance_;
  grpc::StatusCode code_ = grpc::StatusCode::CANCELLED;  // of a call that ends without a status
};

class CallAudits final : public ge::ServerInterceptorFactoryInterface {
 public:
  CallAudits(CallStatistics& methods, AuditTrail& trail) : methods_(methods), trail_(trail) {}
  /// Null, of a method that is none of the API: gRPC passes on to the next.
  ge::Interceptor* CreateServerInterceptor(ge::ServerRpcInfo* call) override {
    const MethodDescriptor* const method = methods_.method(call->method()).descriptor();
    const Requirement* const needed = method ? find_requirement(*method->input_type()) : nullptr;
    return needed ? new CallAudit(*method, *needed, trail_) : nullptr;
  }

 private:
  CallStatistics& methods_;
  AuditTrail& trail_;
};

}  // namespace

std::unique_ptr<ge::ServerInterceptorFactoryInterface> make_call_audit(CallStatistics& methods, AuditTrail& trail) {
  return std::make_unique<CallAudits>(methods, trail);
}

}  // namespace upyd
