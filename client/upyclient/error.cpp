#include "upyclient/error.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "upyclient/tls_fault.h"

namespace upyclient {
namespace {

/// How gRPC begins the message of a call that reached no server.
constexpr std::string_view kNotConnected = "failed to connect to all addresses";
constexpr std::string_view kNotResolved = "DNS resolution failed";
/// How it begins that of a call whose request the server does not take.
constexpr std::string_view kTooLarge = "Received message larger than max";

constexpr std::string_view kDenied = "Permission denied";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool exists(const upyd::Address& address) { return access(address.path().c_str(), F_OK) == 0; }

/// The system's own words at the end of gRPC's message: "…: Connection refused".
std::string reason_in(const std::string& message) {
  size_t colon = message.rfind(": ");
  return colon == std::string::npos ? message : message.substr(colon + 2);
}

std::string how_to_start(const upyd::Address& address) {
  if (!address.is_local())
    return "; does it run there and listen to other machines, and does no firewall keep you out?";
  const upyd::Address system = upyd::Address::of_system();
  std::string advice = "; start it with '";
  advice += address == system ? "sudo systemctl start upyd" : "upyd --listen " + address.url();
  advice += "', or set UPYD_HOST to the address of another";
  if (address != system && exists(system)) advice += ", such as the system's, " + system.url();
  return advice;
}

/// The group that may use a socket; empty if that can't be seen.
std::string group_of(const std::string& socket) {
  struct stat status {};
  if (stat(socket.c_str(), &status) != 0 || !(status.st_mode & S_IWGRP)) return "";
  const group* entry = getgrgid(status.st_gid);
  return entry ? entry->gr_name : "";
}

std::string not_allowed(const upyd::Address& address) {
  const std::string group = group_of(address.path());
  std::string what = "you may not connect to " + address.url() + " (Permission denied)";
  if (group.empty()) return what + ": only its owner may";
  return what + ": only the members of the group '" + group + "' may; become one with 'sudo usermod -aG " + group +
         " $USER' and log in again";
}

std::string not_connected(const std::string& message, const upyd::Address& address) {
  std::string reason = reason_in(message);
  if (reason == kDenied) return not_allowed(address);
  return "no upyd answers at " + address.url() + " (" + reason + ")" + how_to_start(address);
}

std::string not_available(const std::string& message, const Host& host) {
  const upyd::Address& address = host.address;
  const std::string fault = address.is_unix() ? "" : find_tls_fault(host);
  if (!fault.empty()) return fault;
  if (contains(message, kNotConnected) || contains(message, kNotResolved)) return not_connected(message, address);
  return "upyd at " + address.url() + " is not available: " + message;
}

std::string describe(const grpc::Status& status, const Host& host) {
  const std::string& message = status.error_message();
  const upyd::Address& address = host.address;
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return not_available(message, host);
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      if (!contains(message, kTooLarge)) return message;
      return "the request is larger than upyd at " + address.url() + " takes: 'max_request_bytes' in its config; " +
             message;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return "upyd at " + address.url() + " did not answer in time";
    default:
      return message.empty() ? "upyd at " + address.url() + " failed with gRPC code " +
                                   std::to_string(status.error_code()) + " and no message"
                             : message;
  }
}

}  // namespace

Error error_of(const grpc::Status& status, const Host& host) {
  return Error(status.error_code(), describe(status, host));
}

}  // namespace upyclient
