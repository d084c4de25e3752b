#pragma once

#include <memory>
#include <string_view>

#include "upyd/address.h"
#include "upyd/v1/file.pb.h"

namespace grpc {  // as in stream.h
class ClientContext;
template <typename Request>
class ClientWriter;
}  // namespace grpc

namespace upyclient {

/// A file of an instance that is being written: see FileService.WriteFile. Destroyed before it is complete, it changes
/// nothing. One thread; `cancel` may be called from any.
class FileWriter {
 public:
  using Call = grpc::ClientWriter<upyd::v1::WriteFileRequest>;

  /// Takes a call that was begun with `context`, which is to answer `written`; its first request is on its way.
  FileWriter(upyd::Address address, std::unique_ptr<grpc::ClientContext> context,
             std::unique_ptr<upyd::v1::FileInfo> written, std::unique_ptr<Call> call);
  ~FileWriter();
  FileWriter(FileWriter&&) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;

  /// Sends bytes; waits while the daemon has more than it can take. Throws Error if the call has failed.
  void write(std::string_view bytes);
  /// Those were all: returns when the file is on the daemon's disk. Throws Error if it does not become so.
  upyd::v1::FileInfo complete();
  /// Ends the call.
  void cancel();

 private:
  void send(const upyd::v1::WriteFileRequest& request);
  /// The end of the call: throws if it failed.
  void finish();

  upyd::Address address_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<upyd::v1::FileInfo> written_;
  std::unique_ptr<Call> call_;        // null when it is over
  upyd::v1::WriteFileRequest piece_;  // its memory serves all of them
};

}  // namespace upyclient
