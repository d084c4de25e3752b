#include "rpc/call_counters.h"

#include "reactor/clock.h"

namespace upyd {
namespace {

namespace ge = grpc::experimental;

/// Lives as long as a call.
class CallCounter final : public ge::Interceptor {
 public:
  CallCounter(CallStatistics& statistics, const char* path)
      : statistics_(statistics), method_(statistics.method(path)), begin_ns_(monotonic_now_ns()) {
    statistics_.begin(method_);
  }
  ~CallCounter() override { statistics_.end(method_, code_, begin_ns_, monotonic_now_ns()); }

  void Intercept(ge::InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(ge::InterceptionHookPoints::PRE_SEND_STATUS)) {
      code_ = batch->GetSendStatus().error_code();
    }
    batch->Proceed();
  }

 private:
  CallStatistics& statistics_;
  CallStatistics::Method& method_;
  const int64_t begin_ns_;
  grpc::StatusCode code_ = grpc::StatusCode::CANCELLED;  // of a call that ends without a status
};

class CallCounters final : public ge::ServerInterceptorFactoryInterface {
 public:
  explicit CallCounters(CallStatistics& statistics) : statistics_(statistics) {}
  ge::Interceptor* CreateServerInterceptor(ge::ServerRpcInfo* call) override {
    return new CallCounter(statistics_, call->method());
  }

 private:
  CallStatistics& statistics_;
};

}  // namespace

std::unique_ptr<ge::ServerInterceptorFactoryInterface> make_call_counters(CallStatistics& statistics) {
  return std::make_unique<CallCounters>(statistics);
}

}  // namespace upyd
