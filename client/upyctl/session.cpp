#include "upyctl/session.h"

#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "upyctl/suggestion.h"

namespace upyctl {
namespace {

constexpr const char* kHostVariable = "UPYD_HOST";

}  // namespace

void Session::add_options(CLI::App& command) {
  command
      .add_option("--host", host_,
                  "The daemon: unix:///path or tcp://127.0.0.1:port; else UPYD_HOST, else the default socket")
      ->type_name("URL");
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
  if (!connection_) connection_.emplace(address());
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

upyd::Address Session::address() const {
  if (!host_.empty()) return upyd::Address::parse(host_);
  const char* variable = std::getenv(kHostVariable);
  if (variable != nullptr && *variable != '\0') return upyd::Address::parse(variable);
  return upyd::Address::default_for_client();
}

}  // namespace upyctl
