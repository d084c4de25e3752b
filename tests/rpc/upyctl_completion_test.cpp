/// Completion of upyctl by bash.

#include <chrono>
#include <map>
#include <regex>
#include <sstream>

#include "rpc_test.h"
#include "support/process.h"

namespace upyd {
namespace {

using Words = std::vector<std::string>;

class CompletionTest : public RpcTest {
 protected:
  CompletionTest() { create("board"); }

  std::string run(const Words& arguments) {
    return test_support::run_process(arguments, {"UPYD_HOST=" + upyd_.url()}).out;
  }
  /// Of each line of words ("logs --stream ''"), what its last word may become. One shell does it all.
  std::map<std::string, Words> complete(const Words& lines) {
    const std::string path = UPYCTL_PATH;
    std::string script = "PATH=" + path.substr(0, path.rfind('/')) + ":$PATH; . '" + UPYCTL_COMPLETION +
                         "'; compopt() { :; }; complete_line() { COMP_WORDS=(upyctl \"$@\"); COMP_CWORD=$#; _upyctl; "
                         "echo \"${COMPREPLY[*]}\"; }\n";
    for (const std::string& line : lines) script += "complete_line " + line + "\n";
    test_support::Process shell({"/bin/bash", "-c", script}, {"UPYD_HOST=" + upyd_.url()});
    std::istringstream answers(shell.wait(std::chrono::minutes(5)).out);  // it starts upyctl some hundred times
    std::map<std::string, Words> found;
    for (const std::string& line : lines) {
      std::string answer;
      EXPECT_TRUE(std::getline(answers, answer)) << line;
      std::istringstream words(answer);
      found[line] = {std::istream_iterator<std::string>(words), {}};
    }
    return found;
  }
  Words complete(const std::string& line) { return complete(Words{line})[line]; }

  /// What the help of a command lists in the lines that match.
  Words listed(const std::string& command, const std::string& pattern) {
    Words arguments = {"/bin/bash", "-c", std::string(UPYCTL_PATH) + " " + command + " --help"};
    std::istringstream help(run(arguments));
    const std::regex expression(pattern);
    std::smatch parts;
    Words found;
    for (std::string line; std::getline(help, line);) {
      if (std::regex_match(line, parts, expression)) found.push_back(parts[1]);
    }
    return found;
  }
  Words commands() {
    Words found;
    for (const std::string& command : listed("", "  ([a-z][a-z0-9-]+) .*")) {
      const Words below = listed(command, "  ([a-z][a-z0-9-]+) .*");
      for (const std::string& each : below) found.push_back(command + " " + each);
      if (below.empty()) found.push_back(command);
    }
    return found;
  }
};

TEST_F(CompletionTest, KnowsAllCommands) {
  EXPECT_EQ(complete("''"), listed("", "  ([a-z][a-z0-9-]+) .*"));
  for (const std::string group : {"fs", "gpio", "mip"})
    EXPECT_EQ(complete(group + " ''"), listed(group, "  ([a-z][a-z0-9-]+) .*")) << group;
  EXPECT_EQ(complete("help gpio ''"), complete("gpio ''"));
  EXPECT_EQ(complete("--host unix:///x --json lo"), Words{"logs"});
}

TEST_F(CompletionTest, KnowsAllOptionsAndNames) {
  Words lines;
  const Words all = commands();
  ASSERT_GT(all.size(), 40u);
  for (const std::string& command : all) lines.insert(lines.end(), {command + " --", command + " ''"});
  const auto completed = complete(lines);
  for (const std::string& command : all) {
    EXPECT_EQ(completed.at(command + " --"), listed(command, "  (?:-\\w,)?(--[a-z-]+).*")) << command;
    const Words first = listed(command, "Usage: .*\\[OPTIONS\\] \\[?([A-Z]+).*");
    const bool is_instance = !first.empty() && (first[0] == "NAME" || first[0] == "BOARD" || first[0] == "RUN");
    if (is_instance && command != "create") {
      EXPECT_EQ(completed.at(command + " ''"), Words{"board"}) << command;
    }
  }
  EXPECT_EQ(complete("create ''"), Words());
}

TEST_F(CompletionTest, KnowsWhatOptionsTake) {
  Words lines, expected;
  for (const std::string& command : commands()) {
    for (const std::string& option : listed(command, "  (?:-\\w,)?(-[^ ]+) (?:ACCESS|EDGES|KEY|KIND|POLICY|STREAM) .*"))
      lines.push_back(command + " " + option + " ''");
  }
  EXPECT_GE(lines.size(), 8u);
  for (const auto& [line, words] : complete(lines)) EXPECT_GE(words.size(), 3u) << line;
  EXPECT_EQ(complete("create --restart on"), Words{"on-failure"});
  EXPECT_EQ(complete("create --restart = on"), Words{"on-failure"}) << "as bash cuts --restart=on";
  EXPECT_EQ(complete("logs board --stream ''"), Words({"err", "out", "upyd"}));
  EXPECT_EQ(complete("events -k run-e"), Words{"run-ended"});
  EXPECT_EQ(complete("run -i ''"), Words{"board"});
  EXPECT_EQ(complete("run --name ''"), Words());
  EXPECT_EQ(complete("logs -n 3 ''"), Words{"board"}) << "3 is no name";
  EXPECT_EQ(complete("events -l 2"), Words({"2", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29"}));
  EXPECT_EQ(complete("gpio get 31"), Words{"31"});
}

}  // namespace
}  // namespace upyd
