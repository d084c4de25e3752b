#include "config/config.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

/// What is wrong with a config text.
std::string fault_of(const std::string& text) {
  try {
    parse_config(text, "test.toml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(ConfigTest, AnEmptyFileGivesTheDefaults) {
  const Config config = parse_config("", "test.toml");
  EXPECT_TRUE(config.listen.empty());
  EXPECT_EQ(config.instances.heap_bytes(), upy::Config().heap_bytes);
  EXPECT_EQ(config.instances.mounts(), v1::MOUNT_ACCESS_NONE);
  EXPECT_EQ(config.blobs, BlobOrigin::Own);
}

TEST(ConfigTest, ReadsEverything) {
  const Config config = parse_config(R"(
listen = ["unix:///tmp/x.sock", "tcp://127.0.0.1:7533"]
log_level = "debug"
grace_ms = 0
max_instances = 7
tty_dir = "/tmp/tty"
log_dir = "/tmp/log"
journal = false
state = "/var/state"
instances_dir = "/var/boards"
[[files.mount]]
at = "/host"
directory = "/srv"
access = "write"
[[files.mount]]
at = "/logs"
directory = "/var/log"
[instances]
heap_bytes = 131072
wall_ms = 500
path = ["", "/lib"]
mounts = "write"
fs_bytes = 1000
gpio = ["LED"]
gpio_inputs = ["BUTTON"]
tty = true
tty_group = "dialout"
tty_mode = "0600"
[blobs]
accept = "any"
[maxima]
wall_ms = 1000
)",
                                     "test.toml");
  ASSERT_EQ(config.listen.size(), 2u);
  EXPECT_EQ(config.listen[1].port(), 7533);
  EXPECT_EQ(config.log_level, "debug");
  EXPECT_EQ(config.grace_ms, 0u);
  EXPECT_EQ(config.budgets.max_instances, 7u);
  EXPECT_EQ(config.state, "/var/state");
  EXPECT_EQ(config.instances_dir, "/var/boards");
  ASSERT_EQ(config.mounts.size(), 2u);
  EXPECT_EQ(config.mounts[0].name, "host");
  EXPECT_EQ(config.mounts[0].directory, "/srv");
  EXPECT_EQ(config.mounts[0].access, v1::MOUNT_ACCESS_WRITE);
  EXPECT_EQ(config.mounts[1].access, v1::MOUNT_ACCESS_READ);
  EXPECT_EQ(config.instances.fs_bytes(), 1000u);
  EXPECT_EQ(config.blobs, BlobOrigin::Any);
  EXPECT_EQ(config.instances.heap_bytes(), 131072u);
  EXPECT_EQ(config.instances.wall_ms(), 500u);
  EXPECT_EQ(config.instances.path_size(), 2);
  EXPECT_EQ(config.instances.mounts(), v1::MOUNT_ACCESS_WRITE);
  EXPECT_EQ(config.instances.gpio().lines(0), "LED");
  EXPECT_EQ(config.instances.gpio().inputs(0), "BUTTON");
  EXPECT_EQ(config.tty_dir, "/tmp/tty");
  EXPECT_EQ(config.log_dir, "/tmp/log");
  EXPECT_EQ(config.journal, false);
  EXPECT_TRUE(config.instances.tty().enabled());
  EXPECT_EQ(config.instances.tty().owner(), "");
  EXPECT_EQ(config.instances.tty().group(), "dialout");
  EXPECT_EQ(config.instances.tty().mode(), 0600u);
  EXPECT_EQ(config.maxima.wall_ms(), 1000u);
  EXPECT_FALSE(config.maxima.has_cpu_ms());
}

TEST(ConfigTest, SaysWhereAMistakeIs) {
  EXPECT_TRUE(
      fault_of("\nheap = 1").starts_with("test.toml:2: there is no setting 'heap'; there are access, blobs, daemon, "));
  EXPECT_TRUE(fault_of("[instances]\nheap = 1").starts_with("test.toml:2: there is no setting 'instances.heap'; "));
  EXPECT_EQ(fault_of("[blobs]\nkey = 1"), "test.toml:2: there is no setting 'blobs.key'; there are accept");
  EXPECT_TRUE(fault_of("\nlisten = [\n\"unix:///a\",\n\"x\"]").starts_with("test.toml:4: 'x' is no address"));
  EXPECT_TRUE(fault_of("\nlog_level = \"loud\"").starts_with("test.toml:2: there is no log level 'loud'; use trace, "));
  EXPECT_TRUE(fault_of("[metrics]\nlisten = \"tcp://1.2.3.4:5\"").starts_with("test.toml:2: 'tcp://1.2.3.4:5': "));
  EXPECT_EQ(fault_of("grace_ms = \"1\""), "test.toml:1: 'grace_ms' must be a whole number from 0 to 3600000");
  EXPECT_EQ(fault_of("grace_ms = -1"), "test.toml:1: 'grace_ms' must be a whole number from 0 to 3600000");
  EXPECT_EQ(fault_of("[instances]\nopt_level = 4"),
            "test.toml:2: 'instances.opt_level' must be a whole number from 0 to 3");
  EXPECT_EQ(fault_of("listen = \"unix:///x\""), "test.toml:1: 'listen' must be a list of strings");
  EXPECT_EQ(fault_of("[instances]\ntty = 1"), "test.toml:2: 'instances.tty' must be true or false");
  EXPECT_EQ(fault_of("[instances]\ntty_mode = \"rw\""),
            "test.toml:2: 'tty_mode' must be permissions in octal, as \"0660\"");
  EXPECT_EQ(fault_of("grace_ms = 1\ngrace_ms =").substr(0, 12), "test.toml:2:");
}

TEST(ConfigTest, RefusesWhatContradictsItself) {
  EXPECT_TRUE(fault_of("\n[instances]\n[maxima]\nwall_ms = 1000").starts_with("test.toml:2: in the defaults of "));
  EXPECT_NE(fault_of("[instances]\nheap_bytes = 1000000\n[maxima]\nheap_bytes = 100000").find("heap_bytes is 1000000"),
            std::string::npos);
  EXPECT_NE(fault_of("[maxima]\nwall_ms = 1000").find("wall_ms is 0; it must be from 1 to 1000"), std::string::npos);
  EXPECT_NE(fault_of("[instances]\nmounts = \"read\"").find("more than any [[files.mount]] grants"), std::string::npos);
  const std::string mount = "[[files.mount]]\nat = \"/a\"\ndirectory = \"/srv\"\n";
  EXPECT_EQ(fault_of(mount), "nothing");
  EXPECT_EQ(fault_of(mount + mount), "test.toml:4: two directories are mounted at '/a'");
  EXPECT_NE(fault_of(mount + "[instances]\nmounts = \"write\"").find("more than any"), std::string::npos);
}

TEST(ConfigTest, ADirectoryIsMountedOnANameInTheRoot) {
  for (const std::string at : {"a", "/", "/a/b", "/..", "/.", "", "/a\\u0000"}) {
    const std::string table = "[[files.mount]]\nat = \"" + at + "\"\ndirectory = \"/srv\"\n";
    EXPECT_NE(fault_of(table).find("test.toml:"), std::string::npos) << at;
  }
  EXPECT_EQ(fault_of("[[files.mount]]\nat = \"/a\"\ndirectory = \"srv\""),
            "test.toml:3: 'files.mount.directory' must be an absolute path");
  EXPECT_EQ(fault_of("[[files.mount]]\nat = \"/a\""), "test.toml:1: a mounted directory needs 'directory'");
  EXPECT_EQ(fault_of("[files]\nmount = 1"), "test.toml:2: write each mounted directory as a table [[files.mount]]");
  EXPECT_EQ(parse_mount("/host=/srv").name, "host");
  EXPECT_EQ(parse_mount("/host=/srv").directory, "/srv");
  for (const std::string text : {"", "/host", "/host=", "host=/srv", "/a/b=/srv"}) {
    EXPECT_THROW(parse_mount(text), ConfigError) << text;
  }
}

TEST(ConfigTest, ListensOnThisMachineOnly) {
  EXPECT_NE(fault_of("listen = [\"tcp://0.0.0.0:1\"]").find("loopback"), std::string::npos);
  EXPECT_NE(fault_of("listen = [\"http://x\"]").find("unix://"), std::string::npos);
}

TEST(ConfigTest, TellsWhatHasChanged) {
  const auto changes = [](const std::string& before, const std::string& after) {
    std::string names;
    for (const std::string& name : changed_settings(parse_config(before, "a"), parse_config(after, "b"))) {
      names += name + " ";
    }
    return names;
  };
  EXPECT_EQ(changes("grace_ms = 1", "# the same\ngrace_ms   = 1"), "");
  EXPECT_EQ(changes("grace_ms = 1", "grace_ms = 2"), "grace_ms ");
  EXPECT_EQ(changes("grace_ms = 1", ""), "grace_ms ");
  EXPECT_EQ(changes("listen = [\"unix:///a\"]", "listen = [\"unix:///b\"]\n[instances]\npath = [\"x\"]"),
            "instances.path listen ");
  EXPECT_EQ(changes("[gpio.at_end]\nA = \"low\"", "[gpio.at_end]\nA = \"high\"\n[[gpio.simulated]]\nlines = 3"),
            "gpio.at_end.A gpio.simulated ");
}

TEST(ConfigTest, AMissingFileIsAnError) { EXPECT_THROW(load_config("/nowhere/upyd.toml"), ConfigError); }

TEST(ConfigTest, WhatIsNoFileIsAnError) {
  EXPECT_THROW(load_config("/"), ConfigError);
  EXPECT_THROW(load_config("/dev/zero"), ConfigError);
  EXPECT_EQ(load_config("/dev/null").listen.size(), 0u);
  const test_support::TemporaryDirectory directory;
  const std::string fifo = directory.file("upyd.toml");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  try {
    load_config(fifo);
    FAIL() << "it was read";
  } catch (const ConfigError& error) {
    EXPECT_EQ(error.what(), "cannot read the config file '" + fifo + "': it is no regular file");
  }
}

/// The library that reads configs nests a table for each part of a key.
TEST(ConfigTest, KeysWithVeryManyPartsAreRefused) {
  std::string key = "a";
  for (int i = 0; i < 100'000; i++) key += ".a";
  const std::string fault = "test.toml:2: a key has more than 16 parts";
  EXPECT_EQ(fault_of("grace_ms = 1\n" + key + " = 1"), fault);
  EXPECT_EQ(fault_of("grace_ms = 1\n[" + key + "]"), fault);
  EXPECT_EQ(fault_of("grace_ms = 1\n[[" + key + "]]"), fault);
  EXPECT_EQ(fault_of("grace_ms = 1\nx = {y = 1, \"a\" . 'b.c' ." + key + " = 1}"), fault);
  EXPECT_EQ(fault_of("\nx = " + std::string(100'000, '[')).substr(0, 12), "test.toml:2:");
}

TEST(ConfigTest, DotsOutsideOfKeysMayBeMany) {
  const std::string dots(30, '.');
  const std::string strings = R"('"DOTS', "\"DOTS", """)"
                              "\n"
                              R"("DOTS""", '''DOTS''')";
  const std::string text = "[instances] # \" DOTS\npath = [" + strings + "] # 'DOTS\nwall_ms = 1";
  const Config config = parse_config(std::regex_replace(text, std::regex("DOTS"), dots), "test.toml");
  EXPECT_EQ(config.instances.path_size(), 4);
  EXPECT_EQ(config.instances.wall_ms(), 1u);
}

TEST(ConfigTest, RulesOfAccess) {
  const Config config = parse_config(R"(
[[access.rule]]
who = "user:54001"
role = "operator"
boards = ["a-*"]
[[access.rule]]
who = "group:54100"
role = "viewer"
)",
                                     "test.toml");
  const Identity one{Identity::Kind::User, 54001, {}}, other{Identity::Kind::User, 54002, {54100}};
  EXPECT_EQ(config.access.role(one), Role::Operator);
  EXPECT_EQ(config.access.role_with(one, "a-1"), Role::Operator);
  EXPECT_EQ(config.access.role_with(one, "b-1"), Role::None);
  EXPECT_EQ(config.access.role_with(other, "b-1"), Role::Viewer) << "a viewer sees all";
  EXPECT_EQ(config.access.role({Identity::Kind::User, 0, {}}), Role::Admin) << "root";
  EXPECT_EQ(config.access.role({Identity::Kind::Tcp}), Role::None);
  EXPECT_EQ(parse_config("insecure_tcp = true", "").access.role({Identity::Kind::Tcp}), Role::Admin);
  const std::string tcp = "insecure_tcp = true\n[[access.rule]]\nwho = \"tcp\"\nrole = \"viewer\"";
  EXPECT_EQ(parse_config(tcp, "").access.role({Identity::Kind::Tcp}), Role::Viewer) << "a rule says so";
}

TEST(ConfigTest, Tls) {
  const std::string section = "[tls]\ncert = \"/a.crt\"\nkey = \"/a.key\"\nclient_ca = \"/ca.crt\"\n";
  const std::string digits(64, 'a');
  const Config config =
      parse_config("listen = [\"tls://0.0.0.0:7533\"]\n" + section + "deny = [\"" + digits + "\"]", "");
  ASSERT_TRUE(config.tls.has_value());
  EXPECT_EQ(config.tls->client_ca, "/ca.crt");
  EXPECT_EQ(config.tls->crl, "");
  ASSERT_EQ(config.tls->deny.size(), 1u);
  EXPECT_EQ(config.tls->deny.front().front(), 0xaa);
  EXPECT_NO_THROW(check_protection(config.listen.front(), config));
  EXPECT_THROW(check_protection(config.listen.front(), parse_config("", "")), ConfigError);
}

TEST(ConfigTest, SaysWhatIsWrongWithTls) {
  EXPECT_EQ(fault_of("[tls]\ncert = \"/a.crt\"\nkey = \"/a.key\""), "test.toml:1: [tls] needs 'client_ca'");
  EXPECT_EQ(fault_of("[tls]\ncert = \"a.crt\""), "test.toml:2: 'tls.cert' must be the absolute path of a file");
  const std::string section = "[tls]\ncert = \"/a\"\nkey = \"/a\"\nclient_ca = \"/a\"\n";
  EXPECT_TRUE(
      fault_of(section + "deny = [\"AB:CD\"]").starts_with("test.toml:5: 'tls.deny' is a list of fingerprints"));
  EXPECT_NE(fault_of("[metrics]\nlisten = \"tls://127.0.0.1:1\"").find("without TLS"), std::string::npos);
}

TEST(ConfigTest, RulesForCertificates) {
  const auto names = [](const std::string& who) {
    const std::string rule = "[[access.rule]]\nrole = \"viewer\"\nwho = \"" + who + "\"";
    return parse_config(rule, "test.toml").access.rules.back().who.name;
  };
  EXPECT_EQ(names("certificate:Alice of the lab"), "certificate:Alice of the lab");
  EXPECT_EQ(names("dns:Panel.LAN"), "dns:panel.lan");
  EXPECT_EQ(names("uri:spiffe://lan/CI"), "uri:spiffe://lan/CI");
  for (const char* const who : {"certificate:", "dns:*.lan", "ip:10.0.0.1", "certificate:a\\nb"}) {
    EXPECT_THROW(names(who), ConfigError) << who;
  }
}

TEST(ConfigTest, ReadsBudgetsAndQuotas) {
  const Config config = parse_config(R"(
max_instances = 9
[daemon]
memory = 1000
max_calls = 0
[[access.rule]]
who = "user:54001"
role = "operator"
max_instances = 2
[[access.rule]]
who = "group:54100"
role = "operator"
max_instances = 3
promised_memory = 1000000
cpu_weight = 50
)",
                                     "");
  EXPECT_EQ(config.budgets.max_instances, 9u);
  EXPECT_EQ(config.budgets.memory, 1000u);
  EXPECT_EQ(config.budgets.max_calls, 0u);
  EXPECT_EQ(config.budgets.promised_memory, BudgetLimits::of_machine().promised_memory);
  const Identity one{Identity::Kind::User, 54001, {}}, both{Identity::Kind::User, 54001, {54100}};
  EXPECT_EQ(config.access.quota(one).max_instances, 2u);
  EXPECT_EQ(config.access.quota(one).promised_memory, std::nullopt);
  EXPECT_EQ(config.access.quota(both).max_instances, 3u);
  EXPECT_EQ(config.access.quota(both).promised_memory, 1'000'000u);
  EXPECT_EQ(config.access.quota(both).cpu_weight, 50u);
  EXPECT_EQ(config.access.quota({Identity::Kind::User, 0, {}}).max_instances, std::nullopt);
  EXPECT_TRUE(fault_of("[[access.rule]]\nwho = \"tcp\"\nrole = \"viewer\"\ncpu_weight = 101")
                  .starts_with("test.toml:4: 'access.rule.cpu_weight'"));
  EXPECT_TRUE(fault_of("[daemon]\nmemroy = 1").starts_with("test.toml:2:"));
}

TEST(ConfigTest, SaysWhatIsWrongWithARule) {
  const std::string rule = "[[access.rule]]\nrole = \"viewer\"\nwho = ";
  EXPECT_EQ(fault_of(rule + "\"user:no such user\""), "test.toml:3: there is no user 'no such user'");
  EXPECT_TRUE(fault_of(rule + "\"alice\"").starts_with("test.toml:3: 'access.rule.who' must be \"user:NAME\""));
  EXPECT_EQ(fault_of("[[access.rule]]\nwho = \"tcp\""), "test.toml:1: a rule needs 'role'");
  EXPECT_TRUE(
      fault_of("[[access.rule]]\nwho = \"tcp\"\nrole = \"boss\"").starts_with("test.toml:3: 'access.rule.role'"));
  EXPECT_TRUE(fault_of("[access]\nrule = 1").starts_with("test.toml:2: write each rule as a table"));
}

/// The example is the manual: what it says in its commented lines must be what happens without them.
TEST(ConfigTest, TheExampleTellsTheDefaults) {
  std::ifstream file(UPYD_EXAMPLE_CONFIG);
  std::ostringstream text;
  text << file.rdbuf();
  std::string settings = std::regex_replace(text.str(), std::regex("(^|\n)#(?=[a-z_\\[])"), "$1");
  settings = std::regex_replace(settings, std::regex("\n(listen|state|names|owner) = [^\n]*"), "");
  // Those that depend on the machine.
  settings = std::regex_replace(settings, std::regex("\n([a-z]+_)?(memory|connections) = [0-9]+"), "");
  settings = std::regex_replace(settings, std::regex("\nmounts = \"read\""), "\nmounts = \"none\"");
  const Config config = parse_config(settings, "upyd.toml");
  const Config defaults = parse_config("", "");
  EXPECT_EQ(config.instances.SerializeAsString(), defaults.instances.SerializeAsString());
  EXPECT_EQ(config.access.rules.size(), fixed_rules(InsecureTcp::Refused).rules.size() + 1);
  EXPECT_EQ(config.insecure_tcp, defaults.insecure_tcp);
  EXPECT_EQ(config.log_level, defaults.log_level);
  EXPECT_EQ(config.grace_ms, defaults.grace_ms);
  EXPECT_EQ(config.output_wait_ms, defaults.output_wait_ms);
  EXPECT_EQ(config.budgets.max_instances, defaults.budgets.max_instances);
  EXPECT_EQ(config.budgets.max_calls, defaults.budgets.max_calls);
  EXPECT_EQ(config.max_request_bytes, defaults.max_request_bytes);
  EXPECT_EQ(config.gpio.chips, defaults.gpio.chips);
  EXPECT_EQ(config.gpio.limit.access("a:1", ""), LineAccess::Output);
  ASSERT_EQ(config.gpio.simulated.size(), 1u);
  EXPECT_EQ(config.gpio.simulated[0].name, defaults.gpio.simulated[0].name);
  EXPECT_EQ(config.gpio.simulated[0].label, defaults.gpio.simulated[0].label);
  EXPECT_EQ(config.gpio.simulated[0].line_names, defaults.gpio.simulated[0].line_names);
}

}  // namespace
}  // namespace upyd
