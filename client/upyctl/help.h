#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace upyctl {

/// How upyctl shows help: options with the name of their value and nothing more.
class Help : public CLI::Formatter {
 public:
  /// `script` stands at the end of the usage of a command whose last words are not declared as options.
  explicit Help(std::string script = "") : script_(std::move(script)) {}

  std::string make_usage(const CLI::App* command, std::string name) const override;
  std::string make_option_opts(const CLI::Option* option) const override;

 private:
  std::string script_;
};

}  // namespace upyctl
