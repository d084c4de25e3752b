#include "client.h"

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "upyd/v1/daemon.pb.h"
#include "upyd/v1/events.pb.h"
#include "upyd/v1/file.pb.h"
#include "upyd/v1/gpio.pb.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/script.pb.h"

namespace fuzz_requests {
namespace {

constexpr size_t kMostConnections = 20;
constexpr const char* kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

std::string frame(uint8_t type, uint8_t flags, uint32_t stream, const std::string& payload) {
  const auto byte = [](uint64_t value, int shift) { return static_cast<char>(value >> shift & 255); };
  std::string head = {byte(payload.size(), 16), byte(payload.size(), 8), byte(payload.size(), 0),
                      static_cast<char>(type), static_cast<char>(flags)};
  head += {byte(stream, 24), byte(stream, 16), byte(stream, 8), byte(stream, 0)};
  return head + payload;
}

/// A header as HPACK has it where it neither compresses nor remembers. No text may be longer than 126 bytes.
std::string header(const std::string& name, const std::string& value) {
  return std::string(1, '\0') + static_cast<char>(name.size()) + name + static_cast<char>(value.size()) + value;
}

std::string headers_for(const std::string& path) {
  return header(":method", "POST") + header(":scheme", "http") + header(":path", path) +
         header(":authority", "localhost") + header("content-type", "application/grpc") + header("te", "trailers");
}

std::string grpc_message(const std::string& bytes) {
  const auto size = static_cast<uint32_t>(bytes.size());
  return std::string{'\0', static_cast<char>(size >> 24), static_cast<char>(size >> 16), static_cast<char>(size >> 8),
                     static_cast<char>(size)} +
         bytes;
}

}  // namespace

std::vector<Method> all_methods() {
  const std::vector<const google::protobuf::FileDescriptor*> files = {
      upyd::v1::Status::descriptor()->file(),     upyd::v1::Event::descriptor()->file(),
      upyd::v1::Chip::descriptor()->file(),       upyd::v1::Instance::descriptor()->file(),
      upyd::v1::RunRequest::descriptor()->file(), upyd::v1::FileInfo::descriptor()->file()};
  std::vector<Method> methods;
  for (const auto* file : files) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int n = 0; n < file->service(i)->method_count(); ++n) {
        const auto& method = *file->service(i)->method(n);
        methods.push_back({"/" + file->service(i)->full_name() + "/" + method.name(), method.input_type(),
                           method.client_streaming()});
      }
    }
  }
  return methods;
}

Client::Client(const std::string& socket, const std::vector<Method>& methods, uint64_t seed)
    : socket_(socket), methods_(methods), dice_(seed) {
  renew_channel();
}

Client::~Client() {
  for (const int connection : connections_) close(connection);
}

void Client::act() {
  if (dice_.once_in(100)) renew_channel();
  if (dice_.once_in(10)) return speak_badly();
  call(dice_.one_of(methods_));
}

void Client::renew_channel() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel("unix:" + socket_, grpc::InsecureChannelCredentials(), arguments);
}

/// Takes some of the steps of a call, in an order that a call may have, and leaves.
void Client::call(const Method& method) {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(20 + dice_.below(300)));
  if (dice_.once_in(20))
    context.set_compression_algorithm(dice_.once_in(2) ? GRPC_COMPRESS_GZIP : GRPC_COMPRESS_DEFLATE);
  if (dice_.once_in(20)) context.AddMetadata("x-" + std::string(1 + dice_.below(3000), 'm'), "value");
  const std::string path = dice_.once_in(50) ? method.path + "x" : method.path;
  const auto call = stub.PrepareCall(&context, path, &queue);
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  call->StartCall(nullptr);
  bool goes_on = wait();
  const uint64_t writes = method.takes_stream || dice_.once_in(20) ? dice_.below(5) : dice_.once_in(20) ? 0 : 1;
  for (uint64_t n = 0; goes_on && n < writes; ++n) {
    const grpc::Slice slice(requests_.encoding_of(*method.request));
    call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
    goes_on = wait();
  }
  if (goes_on && !dice_.once_in(5)) {
    call->WritesDone(nullptr);
    goes_on = wait();
  }
  for (uint64_t reads = dice_.below(4); goes_on && reads > 0; --reads) {
    grpc::ByteBuffer response;
    call->Read(&response, nullptr);
    goes_on = wait();
  }
  if (dice_.once_in(2)) context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  wait();
}

/// A conversation that is right at first, as far as it goes, or not even that.
std::string Client::conversation() {
  if (dice_.once_in(4)) return dice_.bytes(dice_.below(4000));
  constexpr uint8_t kData = 0, kHeaders = 1, kSettings = 4;
  constexpr uint8_t kEndStream = 1, kEndHeaders = 4;
  const Method& method = dice_.one_of(methods_);
  std::string text = kPreface + frame(kSettings, 0, 0, "");
  for (uint32_t stream = 1; stream < 2 + 2 * dice_.below(4); stream += 2) {
    text += frame(kHeaders, kEndHeaders, stream, headers_for(method.path));
    text += frame(kData, kEndStream, stream, grpc_message(requests_.encoding_of(*method.request).substr(0, 16'000)));
  }
  for (uint64_t n = dice_.below(4); n > 0; --n) {
    text += frame(static_cast<uint8_t>(dice_.below(12)), static_cast<uint8_t>(dice_.below(256)),
                  static_cast<uint32_t>(dice_.below(8)), dice_.bytes(dice_.below(64)));
  }
  return text;
}

void Client::speak_badly() {
  sockaddr_un address{.sun_family = AF_UNIX};
  std::strncpy(address.sun_path, socket_.c_str(), sizeof(address.sun_path) - 1);
  const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    std::string text = conversation();
    if (dice_.once_in(2)) text = requests_.mutated(std::move(text));
    if (dice_.once_in(2)) text.resize(dice_.below(text.size() + 1));
    fcntl(connection, F_SETFL, O_NONBLOCK);
    (void)!send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (dice_.once_in(4)) shutdown(connection, static_cast<int>(dice_.below(3)));
  }
  connections_.push_back(connection);
  while (connections_.size() > (dice_.once_in(2) ? kMostConnections : kMostConnections / 2)) {
    close(connections_.front());
    connections_.erase(connections_.begin());
  }
}

}  // namespace fuzz_requests
