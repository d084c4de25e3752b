// call_each URL INSTANCE: makes each call of the API once, about an instance of that name, and prints its method and
// the code it ends with; 0 too when an answer comes. call_each URL INSTANCE COUNT: makes as many connections, on each
// the same call that is refused, and prints what was said, each sentence once, with how often. URL is gRPC's. Where
// TLS_CA is set it comes by TLS, with the certificate TLS_CERT and its key TLS_KEY, if these are set: files.
#include <google/protobuf/dynamic_message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

#include "access/requirement.h"
#include "support/api_methods.h"
#include "upyd/v1/instance.grpc.pb.h"

namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

/// Sets the field of that path.
void set_instance(Message& request, std::string path, const std::string& name) {
  Message* message = &request;
  for (size_t dot; (dot = path.find('.')) != std::string::npos; path.erase(0, dot + 1)) {
    const auto* const field = message->GetDescriptor()->FindFieldByName(path.substr(0, dot));
    message = message->GetReflection()->MutableMessage(message, field);
  }
  message->GetReflection()->SetString(message, message->GetDescriptor()->FindFieldByName(path), name);
}

std::string request_for(const MethodDescriptor& method, const std::string& instance) {
  const auto* const prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(method.input_type());
  const std::unique_ptr<Message> request(prototype->New());
  const upyd::Requirement* const needed = upyd::find_requirement(*method.input_type());
  if (needed && *needed->instance) set_instance(*request, needed->instance, needed->prefix + instance);
  return request->SerializeAsString();
}

/// Every kind of call, as one that streams both ways.
int call(const std::shared_ptr<grpc::Channel>& channel, const std::string& path, const std::string& text) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  grpc::CompletionQueue queue;
  const auto stream = stub.PrepareCall(&context, path, &queue);
  const auto done = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  stream->StartCall(nullptr);
  done();
  const grpc::Slice slice(text);
  stream->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  done();
  grpc::ByteBuffer answer;
  stream->Read(&answer, nullptr);
  const bool is_answered = done();
  if (is_answered) context.TryCancel();
  grpc::Status status;
  stream->Finish(&status, nullptr);
  done();
  return is_answered ? 0 : status.error_code();
}

/// The text of the file that a variable names; empty: it is not set.
std::string read(const char* variable) {
  const char* const file = std::getenv(variable);
  std::ostringstream text;
  if (file) text << std::ifstream(file).rdbuf();
  return text.str();
}

std::shared_ptr<grpc::ChannelCredentials> credentials() {
  const std::string ca = read("TLS_CA");
  if (ca.empty()) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ca;
  options.pem_private_key = read("TLS_KEY");
  options.pem_cert_chain = read("TLS_CERT");
  return grpc::SslCredentials(options);
}

void call_each(const std::string& url, const std::string& instance) {
  const auto channel = grpc::CreateChannel(url, credentials());
  for (const MethodDescriptor* method : test_support::api_methods()) {
    const std::string path = "/" + method->service()->full_name() + "/" + method->name();
    const int code = call(channel, path, request_for(*method, instance));
    std::printf("%s %d\n", method->full_name().c_str(), code);
  }
}

void connect_often(const std::string& url, const std::string& instance, int count) {
  std::map<std::string, int> sentences;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // each channel has a connection of its own
  for (int i = 0; i < count; ++i) {
    const auto channel = grpc::CreateCustomChannel(url, credentials(), arguments);
    const auto stub = upyd::v1::InstanceService::NewStub(channel);
    grpc::ClientContext context;
    upyd::v1::GetInstanceRequest request;
    request.set_name(instance);
    upyd::v1::Instance response;
    ++sentences[stub->GetInstance(&context, request, &response).error_message()];
  }
  for (const auto& [sentence, times] : sentences) std::printf("%d %s\n", times, sentence.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  argc > 3 ? connect_often(argv[1], argv[2], std::atoi(argv[3])) : call_each(argv[1], argv[2]);
}
