#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>

#include <string>
#include <vector>

#include "random_request.h"

namespace fuzz_requests {

/// A method of the daemon's.
struct Method {
  std::string path;  ///< e.g. "/upyd.v1.ScriptService/Run"
  const google::protobuf::Descriptor* request;
  bool takes_stream;
};
/// All methods of the API.
std::vector<Method> all_methods();

/// A client that means harm: it calls with whatever it likes, leaves when it likes, and knows no HTTP/2.
class Client {
 public:
  /// `socket` is the path of the daemon's.
  Client(const std::string& socket, const std::vector<Method>& methods, uint64_t seed);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Does one thing of many.
  void act();

 private:
  void call(const Method& method);
  void speak_badly();
  std::string conversation();
  void renew_channel();

  const std::string socket_;
  const std::vector<Method>& methods_;
  Dice dice_;
  RandomRequest requests_{dice_};
  std::shared_ptr<grpc::Channel> channel_;
  std::vector<int> connections_;  // that are left open for a while
};

}  // namespace fuzz_requests
