#include "rpc/call_counters.h"

#include "reactor/clock.h"

namespace upyd {
namespace {

namespace ge = grpc::experimental;

/// Lives as long as a call.
class CallCounter final : public ge::Interceptor {
 public:
  CallCounter(CallStatistics::Method& method, CallActivity& activity)
      : method_(method), activity_(activity), begin_ns_(monotonic_now_ns()) {
    activity_.begin();
    method_.begin();
  }
  ~CallCounter() override {
    const int64_t end_ns = monotonic_now_ns();
    method_.end(code_, end_ns - begin_ns_);
    activity_.end(end_ns);
  }

  void Intercept(ge::InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(ge::InterceptionHookPoints::PRE_SEND_STATUS)) {
      code_ = batch->GetSendStatus().error_code();
    }
    batch->Proceed();
  }

 private:
  CallStatistics::Method& method_;
  CallActivity& activity_;
  const int64_t begin_ns_;
  grpc::StatusCode code_ = grpc::StatusCode::CANCELLED;  // of a call that ends without a status
};

class CallCounters final : public ge::ServerInterceptorFactoryInterface {
 public:
  CallCounters(CallStatistics& statistics, CallActivity& activity) : statistics_(statistics), activity_(activity) {}
  ge::Interceptor* CreateServerInterceptor(ge::ServerRpcInfo* call) override {
    return new CallCounter(statistics_.method(call->method()), activity_);
  }

 private:
  CallStatistics& statistics_;
  CallActivity& activity_;
};

}  // namespace

std::unique_ptr<ge::ServerInterceptorFactoryInterface> make_call_counters(CallStatistics& statistics,
                                                                          CallActivity& activity) {
  return std::make_unique<CallCounters>(statistics, activity);
}

}  // namespace upyd
