#pragma once

#include <memory>
#include <string_view>

#include "upyclient/host.h"

namespace grpc {  // as in stream.h
class ClientContext;
template <typename Request>
class ClientWriter;
}  // namespace grpc

namespace upyclient {

/// A call that sends the bytes of files and is answered once. Destroyed before it is complete, it changes nothing. One
/// thread; `cancel` may be called from any. Functions throw Error if the call has failed. upload.cpp lists the uploads
/// that there are.
template <typename Request, typename Response>
class Upload {
 public:
  using Call = grpc::ClientWriter<Request>;

  /// Takes a call that was begun with `context`, which is to answer `response`; its first request is on its way.
  Upload(Host host, std::unique_ptr<grpc::ClientContext> context, std::unique_ptr<Response> response,
         std::unique_ptr<Call> call);
  ~Upload();
  Upload(Upload&&) noexcept;
  Upload& operator=(Upload&&) = delete;

  /// Sends bytes of a file; waits while the daemon has more than it can take.
  void write(std::string_view bytes);
  /// Ends the call.
  void cancel();

 protected:
  void send(const Request& request);
  /// That was all: waits for the answer.
  Response finish();

 private:
  /// The end of the call: throws if it failed.
  void end();

  Host host_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Response> response_;
  std::unique_ptr<Call> call_;  // null when it is over
  Request piece_;               // its memory serves all of them
};

}  // namespace upyclient
