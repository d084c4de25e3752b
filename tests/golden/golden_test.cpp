// Each NAME.py beside this file compiles to the listing in NAME.dis. With UPDATE_GOLDEN=1 in the environment the
// listings are written instead, to be read and committed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bytecode/disassembler.h"
#include "bytecode/verify.h"
#include "compiler/compiler.h"

namespace upy {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<fs::path> sources() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(UPY_TESTS_DIR) / "golden")) {
    if (entry.path().extension() == ".py") paths.push_back(entry.path());
  }
  return paths;
}

class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, CompilesToItsListing) {
  const auto result = compile(read(GetParam()), {.file = GetParam().filename()});
  if (const auto* error = std::get_if<Diagnostic>(&result)) FAIL() << "line " << error->line << ": " << error->message;
  const auto& unit = std::get<CodeUnit>(result);
  EXPECT_EQ(verify(unit).value_or(""), "");
  fs::path expected = GetParam();
  expected.replace_extension(".dis");
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << disassemble(unit);
  EXPECT_EQ(disassemble(unit), read(expected));
}

INSTANTIATE_TEST_SUITE_P(Sources, Golden, testing::ValuesIn(sources()),
                         [](const auto& info) { return info.param.stem().string(); });

}  // namespace
}  // namespace upy
