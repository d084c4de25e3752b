#include <unistd.h>

#include <string>
#include <vector>

#include "upyctl/cli.h"
#include "upyctl/terminal.h"
#include "upyd/standard_descriptors.h"

int main(int argc, char** argv) {
  const upyctl::Terminal terminal(STDOUT_FILENO, STDERR_FILENO);
  return upyctl::run_command_line(std::vector<std::string>(argv + 1, argv + argc), terminal);
}
