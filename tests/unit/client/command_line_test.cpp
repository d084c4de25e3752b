/// What upyctl says of command lines that it does not understand: of each option of each command.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "upyctl/cli.h"

namespace {

/// An option as the help has it.
struct HelpedOption {
  std::string name;   ///< "--last"
  std::string value;  ///< "N"; empty: it is a flag
};

using Arguments = std::vector<std::string>;

/// What upyctl writes, without a process of its own.
struct Answer {
  int status = 0;
  std::string out, err;
};

class Output {
 public:
  ~Output() { close(descriptor_); }
  int descriptor() const { return descriptor_; }
  std::string text() const {
    std::string text(static_cast<size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    EXPECT_EQ(pread(descriptor_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
  }

 private:
  const int descriptor_ = memfd_create("output", MFD_CLOEXEC);
};

Answer upyctl(const Arguments& arguments) {
  const Output out, err;
  const int status = upyctl::run_command_line(arguments, upyctl::Terminal(out.descriptor(), err.descriptor()));
  return {status, out.text(), err.text()};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class CommandLineTest : public testing::Test {
 protected:
  /// All commands: {"gpio", "set"}.
  std::vector<Arguments> commands(const Arguments& group = {}) const {
    std::vector<Arguments> found;
    std::istringstream help(help_of(group));
    bool lists_commands = false;
    const std::regex command("  ([a-z][a-z0-9-]*) .*");
    std::smatch parts;
    for (std::string line; std::getline(help, line);) {
      if (!line.starts_with(' ')) lists_commands = line == "Subcommands:";
      if (!lists_commands || !std::regex_match(line, parts, command)) continue;
      Arguments words = group;
      words.push_back(parts[1]);
      const auto below = commands(words);
      found.insert(found.end(), below.begin(), below.end());
      if (below.empty()) found.push_back(words);
    }
    return found;
  }
  std::vector<HelpedOption> options(const Arguments& command) const {
    std::vector<HelpedOption> found;
    std::istringstream help(help_of(command));
    const std::regex option("  (?:-\\w,)?(-[^ ,]+)(?: ([A-Z0-9-]+))?(?:  .*| [A-Z].*)?");
    std::smatch parts;
    for (std::string line; std::getline(help, line);) {
      if (std::regex_match(line, parts, option) && parts[1] != "--help") found.push_back({parts[1], parts[2]});
    }
    return found;
  }
  std::string help_of(Arguments command) const {
    command.emplace_back("--help");
    return upyctl(command).out;
  }
  /// What a command line is refused with, without the name of the program.
  std::string refusal(Arguments command, const Arguments& more) const {
    command.insert(command.end(), more.begin(), more.end());
    const Answer answer = upyctl(command);
    EXPECT_EQ(answer.status, 2) << answer.err;
    EXPECT_TRUE(contains(answer.err, "\nTry 'upyctl")) << answer.err;
    constexpr std::string_view kName = "upyctl: ";
    EXPECT_TRUE(answer.err.starts_with(kName)) << answer.err;
    return answer.err.substr(0, answer.err.find('\n')).substr(kName.size());
  }
};

/// Of an option that takes any text the daemon, or the disk, says what is wrong with it.
bool takes_any_text(const HelpedOption& option) {
  const std::vector<std::string> kinds = {"NAME", "HOST",    "URL",  "FILE",  "DIR",
                                          "OUT",  "PATTERN", "USER", "GROUP", "LINE"};
  return std::find(kinds.begin(), kinds.end(), option.value) != kinds.end();
}

TEST_F(CommandLineTest, EachOptionSaysWhatItTakes) {
  const auto all = commands();
  ASSERT_GT(all.size(), 40u);
  size_t seen = 0;
  for (const Arguments& command : all) {
    for (const auto& [name, value] : options(command)) {
      ++seen;
      if (value.empty()) {
        EXPECT_EQ(refusal(command, {name + "=1"}), name + " takes no value");
        continue;
      }
      EXPECT_TRUE(refusal(command, {name}).starts_with(name + " needs a value: ")) << refusal(command, {name});
      if (takes_any_text({name, value})) continue;
      for (const std::string wrong : {"?", "-1", "99999999999999999999", ""}) {
        const std::string told = refusal(command, {name, wrong});
        EXPECT_TRUE(told.starts_with(name + ": '" + wrong + "' ")) << told;
        EXPECT_TRUE(contains(told, "write ") || contains(told, " is none of ")) << told;
      }
    }
  }
  EXPECT_GT(seen, 200u);
}

TEST_F(CommandLineTest, LimitsAreTold) {
  EXPECT_EQ(refusal({"logs", "a"}, {"-n", "0"}), "--last: '0' will not do: write a whole number from 1 to 4294967295");
  EXPECT_EQ(refusal({"create"}, {"--start-limit", "4294967296"}),
            "--start-limit: '4294967296' will not do: write a whole number from 0 to 4294967295");
  EXPECT_EQ(refusal({"create"}, {"-O", "4"}), "-O: '4' will not do: write a whole number from 0 to 3");
  EXPECT_EQ(refusal({"top"}, {"-d", "1ms"}), "--delay: '1ms' is too short: write a time from 100 ms to 1 h");
  EXPECT_EQ(refusal({"top"}, {"-d", "2h"}), "--delay: '2h' is too long: write a time from 100 ms to 1 h");
  EXPECT_EQ(refusal({"stop", "a"}, {"--grace", "2h"}), "--grace: '2h' is too long: write a time of 1 h at most");
  EXPECT_EQ(refusal({"logs", "a"}, {"--stream", "errr"}),
            "--stream: 'errr' is none of err, out, upyd; did you mean 'err'?");
}

TEST_F(CommandLineTest, SaysWhatDoesNotGoTogether) {
  EXPECT_EQ(refusal({"run"}, {"-i", "a", "--heap", "4m", "x.py"}), "--instance and --heap can't be given together");
  EXPECT_EQ(refusal({"rm"}, {"--all", "a"}), "NAME and --all can't be given together");
  EXPECT_EQ(refusal({"create"}, {"--tty-mode", "0600"}), "--tty-mode needs --tty beside it");
  EXPECT_EQ(refusal({"logs"}, {"a", "b"}), "'b' is one word too many");
  EXPECT_EQ(refusal({"logs"}, {"a", "-n", "1", "-n", "2"}), "--last is given twice");
  EXPECT_EQ(refusal({"fs", "cp"}, {"a", "b"}), "2 of PATH are needed");
  EXPECT_EQ(refusal({"logs"}, {}), "NAME is required");
  EXPECT_EQ(refusal({"mip"}, {}), "a command is missing; there are install");
}

}  // namespace
