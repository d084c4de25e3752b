#include "rpc/call_counters.h"

#include "reactor/clock.h"

namespace upyd {
namespace {

namespace ge = grpc::experimental;

/// The mark of a call. A client that sets it is refused.
constexpr const char* kBeyondBudget = "upyd-beyond-budget";

/// Lives as long as a call.
class CallCounter final : public ge::Interceptor {
 public:
  CallCounter(CallStatistics::Method& method, CallActivity& activity, std::shared_ptr<const Access> access)
      : method_(method),
        activity_(activity),
        access_(std::move(access)),
        has_begun_(access_->begin_call()),
        begin_ns_(monotonic_now_ns()) {
    activity_.begin();
    method_.begin();
  }
  ~CallCounter() override {
    const int64_t end_ns = monotonic_now_ns();
    method_.end(code_, end_ns - begin_ns_);
    activity_.end(end_ns);
    if (has_begun_) access_->end_call();
  }

  void Intercept(ge::InterceptorBatchMethods* batch) override {
    if (!has_begun_ && batch->QueryInterceptionHookPoint(ge::InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      batch->GetRecvInitialMetadata()->emplace(kBeyondBudget, "");
    }
    if (batch->QueryInterceptionHookPoint(ge::InterceptionHookPoints::PRE_SEND_STATUS)) {
      code_ = batch->GetSendStatus().error_code();
    }
    batch->Proceed();
  }

 private:
  CallStatistics::Method& method_;
  CallActivity& activity_;
  const std::shared_ptr<const Access> access_;
  const bool has_begun_;
  const int64_t begin_ns_;
  grpc::StatusCode code_ = grpc::StatusCode::CANCELLED;  // of a call that ends without a status
};

class CallCounters final : public ge::ServerInterceptorFactoryInterface {
 public:
  CallCounters(CallStatistics& statistics, CallActivity& activity, std::shared_ptr<const Access> access)
      : statistics_(statistics), activity_(activity), access_(std::move(access)) {}
  ge::Interceptor* CreateServerInterceptor(ge::ServerRpcInfo* call) override {
    return new CallCounter(statistics_.method(call->method()), activity_, access_);
  }

 private:
  CallStatistics& statistics_;
  CallActivity& activity_;
  const std::shared_ptr<const Access> access_;
};

}  // namespace

std::unique_ptr<ge::ServerInterceptorFactoryInterface> make_call_counters(CallStatistics& statistics,
                                                                          CallActivity& activity,
                                                                          std::shared_ptr<const Access> access) {
  return std::make_unique<CallCounters>(statistics, activity, std::move(access));
}

bool is_beyond_budget(const grpc::CallbackServerContext& context) {
  return context.client_metadata().find(kBeyondBudget) != context.client_metadata().end();
}

}  // namespace upyd
