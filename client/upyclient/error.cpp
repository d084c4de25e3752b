#include "upyclient/error.h"

#include <unistd.h>

#include <string_view>

namespace upyclient {
namespace {

/// How gRPC begins the message of a call that reached no server.
constexpr std::string_view kNotConnected = "failed to connect to all addresses";
constexpr std::string_view kNotResolved = "DNS resolution failed";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool exists(const upyd::Address& address) { return access(address.path().c_str(), F_OK) == 0; }

/// The system's own words at the end of gRPC's message: "…: Connection refused".
std::string reason_in(const std::string& message) {
  size_t colon = message.rfind(": ");
  return colon == std::string::npos ? message : message.substr(colon + 2);
}

std::string how_to_start(const upyd::Address& address) {
  const upyd::Address system = upyd::Address::of_system();
  std::string advice = "; start it with '";
  advice += address == system ? "systemctl start upyd" : "upyd --listen " + address.url();
  advice += "', or set UPYD_HOST to the address of another";
  if (address != system && exists(system)) advice += ", such as the system's, " + system.url();
  return advice;
}

std::string not_connected(const std::string& message, const upyd::Address& address) {
  std::string reason = reason_in(message);
  if (reason == "Permission denied") {
    return "you may not connect to " + address.url() + ": only the owner and the group of " + address.path() +
           " may; become a member of that group";
  }
  return "no upyd answers at " + address.url() + " (" + reason + ")" + how_to_start(address);
}

std::string describe(const grpc::Status& status, const upyd::Address& address) {
  const std::string& message = status.error_message();
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      if (contains(message, kNotConnected) || contains(message, kNotResolved)) return not_connected(message, address);
      return "upyd at " + address.url() + " is not available: " + message;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return "upyd at " + address.url() + " did not answer in time";
    default:
      return message.empty() ? "upyd at " + address.url() + " failed with gRPC code " +
                                   std::to_string(status.error_code()) + " and no message"
                             : message;
  }
}

}  // namespace

Error error_of(const grpc::Status& status, const upyd::Address& address) {
  return Error(status.error_code(), describe(status, address));
}

}  // namespace upyclient
