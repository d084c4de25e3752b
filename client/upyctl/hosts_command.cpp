#include <google/protobuf/struct.pb.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "upyctl/commands.h"
#include "upyctl/hosts_file.h"
#include "upyctl/table.h"

namespace upyctl {
namespace {

constexpr std::chrono::seconds kPatience{5};

constexpr const char* kFooter = R"(
Hosts are named in ~/.config/upyd/hosts.toml ($XDG_CONFIG_HOME):

    default = "garage"             the host where neither --host nor UPYD_HOST says another
    [hosts.garage]                 upyctl --host garage ps
    url = "tls://garage.lan:7533"
    ca = "lan.crt"                 files of this directory: who may have issued upyd's certificate,
    cert = "me.crt"                and the user's own, with its key
    key = "me.key")";

struct Listing {
  bool names_only = false;
  bool tests = false;
};

/// "ok: upyd 0.1.0", or what is wrong.
std::string test(const upyclient::Host& host) try {
  return "ok: upyd " + upyclient::Connection(host, kPatience).get_status().version();
} catch (const std::exception& error) {
  return error.what();
}

/// All at once: each may take its time.
std::vector<std::string> test_all(const HostsFile& file) {
  std::vector<std::future<std::string>> answers;
  for (const auto& [name, host] : file.hosts) answers.push_back(std::async(std::launch::async, test, host));
  std::vector<std::string> texts;
  for (auto& answer : answers) texts.push_back(answer.get());
  return texts;
}

/// One host, with fields named as in the file.
google::protobuf::Struct json_of(const HostsFile& file, const std::string& name, const std::string& answer) {
  const upyclient::Host& host = file.hosts.at(name);
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  fields["name"].set_string_value(name);
  fields["url"].set_string_value(host.address.url());
  fields["default"].set_bool_value(name == file.default_name);
  for (const auto& [key, value] :
       {std::pair("ca", host.ca), {"cert", host.cert}, {"key", host.key}, {"answer", answer}}) {
    if (!value.empty()) fields[key].set_string_value(value);
  }
  return json;
}

bool is_well(const std::string& answer) { return answer.empty() || answer.starts_with("ok: "); }

int hosts(Session& session, const Listing& listing) {
  const HostsFile file = read_hosts_file();
  const std::vector<std::string> answers = listing.tests ? test_all(file) : std::vector<std::string>(file.hosts.size());
  Table table(listing.tests ? std::vector<std::string>{"NAME", "DEFAULT", "URL", "ANSWER"}
                            : std::vector<std::string>{"NAME", "DEFAULT", "URL"});
  std::string names;
  size_t i = 0;
  int status = kSuccess;
  for (const auto& [name, host] : file.hosts) {
    const std::string& answer = answers[i++];
    if (!is_well(answer)) status = kFailure;
    if (session.format() == Format::Json) session.terminal().json_line(json_of(file, name, answer));
    std::vector<std::string> cells{name, name == file.default_name ? "yes" : "", host.address.url()};
    if (listing.tests) cells.push_back(answer);
    table.add(std::move(cells));
    names += name + "\n";
  }
  if (session.format() == Format::Text) session.terminal().out(listing.names_only ? names : table.text());
  return status;
}

}  // namespace

void add_hosts_command(CLI::App& root, Session& session) {
  auto listing = std::make_shared<Listing>();
  CLI::App* const command = session.add_command(root, "hosts", "List the hosts that are named in your hosts.toml",
                                                [&session, listing] { return hosts(session, *listing); });
  command->add_flag("-q,--quiet", listing->names_only, "Their names alone");
  command->add_flag("--test", listing->tests, "See whether each answers; the exit status is 0 if all do");
  command->footer(kFooter);
}

}  // namespace upyctl
