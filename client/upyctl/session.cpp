#include "upyctl/session.h"

#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "upyctl/hosts_file.h"
#include "upyctl/suggestion.h"

namespace upyctl {
namespace {

constexpr const char* kHostVariable = "UPYD_HOST";

upyclient::Host at(upyd::Address address) { return {.address = std::move(address), .ca = "", .cert = "", .key = ""}; }

/// By URL or name; empty: the default one.
upyclient::Host find_host(std::string name) {
  if (const char* const variable = std::getenv(kHostVariable); name.empty() && variable) name = variable;
  if (name.find("://") != std::string::npos) return at(upyd::Address::parse(name));
  const HostsFile file = read_hosts_file();
  if (name.empty()) name = file.default_name;
  return name.empty() ? at(upyd::Address::default_for_client()) : file.find(name);
}

}  // namespace

void Session::add_options(CLI::App& command) {
  command
      .add_option(
          "--host", host_,
          "The daemon: unix:///path, tls://HOST:PORT, or a name of upyctl hosts; else UPYD_HOST, else the default")
      ->type_name("HOST");
  command.add_option("--ca", ca_, "By TLS: file of the authority that has issued upyd's certificate")
      ->type_name("FILE");
  command.add_option("--cert", cert_, "By TLS: file of your certificate")->type_name("FILE");
  command.add_option("--key", key_, "By TLS: file of its key")->type_name("FILE");
  command.add_flag("--json", json_, "Print data as JSON, fields as in upyd/v1/*.proto");
}

CLI::App* Session::add_command(CLI::App& parent, const std::string& name, const std::string& description,
                               std::function<int()> action) {
  CLI::App* command = parent.add_subcommand(name, description);
  add_options(*command);
  command->callback([this, action = std::move(action)] { action_ = action; });
  return command;
}

void Session::show(const google::protobuf::Message& answer, const std::string& text) const {
  if (format() == Format::Json) {
    terminal_.json(answer);
  } else {
    terminal_.out(text);
  }
}

upyclient::Connection& Session::upyd() {
  if (!connection_) connection_.emplace(host());
  return *connection_;
}

std::string Session::explain(const upyclient::Error& error) {
  constexpr std::string_view kNoInstance = "there is no instance '";
  std::string message = error.what();
  if (error.code() != grpc::StatusCode::NOT_FOUND || !message.starts_with(kNoInstance)) return message;
  const std::string typed =
      message.substr(kNoInstance.size(), message.find('\'', kNoInstance.size()) - kNoInstance.size());
  std::vector<std::string> names;
  try {
    const auto list = upyd().list_instances();
    for (const auto& instance : list.instances()) names.push_back(instance.name());
  } catch (const upyclient::Error&) {  // then there is nothing to add
  }
  return message + did_you_mean(typed, names);
}

upyclient::Host Session::host() const {
  upyclient::Host host = find_host(host_);
  for (const auto& [given, file] : {std::pair(&ca_, &host.ca), {&cert_, &host.cert}, {&key_, &host.key}}) {
    if (!given->empty()) *file = *given;
  }
  return host;
}

}  // namespace upyctl
