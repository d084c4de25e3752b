#include "boards/declarations.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "access/identity.h"
#include "config/instance_name.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

class DeclarationsTest : public testing::Test {
 protected:
  DeclarationsTest() { config_.instances_dir = directory_.path(); }

  void write(const std::string& name, const std::string& text) { std::ofstream(directory_.file(name)) << text; }
  BoardRecord declared(const std::string& text) { return parse_declaration(text, "b.toml", config_); }
  /// What is wrong with a declaration.
  std::string fault_of(const std::string& text) {
    try {
      declared(text);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "nothing";
  }

  const test_support::TemporaryDirectory directory_;
  Config config_ = parse_config("", "");
};

TEST_F(DeclarationsTest, WhatIsNoRegularFileIsAFaultOfItsBoard) {
  ASSERT_EQ(mkfifo(directory_.file("fifo.toml").c_str(), 0600), 0);
  std::filesystem::create_directory(directory_.file("directory.toml"));
  std::filesystem::create_symlink("/dev/zero", directory_.file("device.toml"));
  std::filesystem::create_symlink("nowhere", directory_.file("broken.toml"));
  write("huge.toml", std::string((1 << 20) + 1, '#'));
  write("good.toml", "");
  std::filesystem::create_symlink("good.toml", directory_.file("link.toml"));
  const Declarations declarations = read_declarations(config_);
  for (const char* name : {"fifo", "directory", "device", "broken", "huge"}) {
    ASSERT_EQ(declarations.faults.count(name), 1u) << name;
    EXPECT_NE(declarations.faults.at(name).find(directory_.file(std::string(name) + ".toml")), std::string::npos)
        << declarations.faults.at(name);
  }
  EXPECT_EQ(declarations.boards.count("good"), 1u);
  EXPECT_EQ(declarations.boards.count("link"), 1u);
}

TEST_F(DeclarationsTest, AnEmptyFileDeclaresABoardAsUpydHasThem) {
  const BoardRecord record = declared("");
  EXPECT_EQ(record.config.ByteSizeLong(), 0u) << record.config.ShortDebugString();
  EXPECT_TRUE(record.enabled);
  EXPECT_FALSE(record.stopped);
  EXPECT_EQ(record.declared_in, "b.toml");
}

TEST_F(DeclarationsTest, HasTheKeysOfInstances) {
  const BoardRecord record = declared(R"(
enabled = false
heap_bytes = 131072
restart = "on-failure"
restart_delay_ms = 10
path = ["/code"]
gpio_inputs = ["BUTTON"]
tty = true
tty_mode = "0600"
)");
  EXPECT_FALSE(record.enabled);
  EXPECT_EQ(record.config.heap_bytes(), 131072u);
  EXPECT_EQ(record.config.restart(), v1::RESTART_POLICY_ON_FAILURE);
  EXPECT_EQ(record.config.restart_delay_ms(), 10u);
  EXPECT_EQ(record.config.path(0), "/code");
  EXPECT_EQ(record.config.gpio().lines_size(), 0);
  EXPECT_EQ(record.config.gpio().inputs(0), "BUTTON");
  EXPECT_TRUE(record.config.tty().enabled());
  EXPECT_FALSE(record.config.tty().has_owner());
  EXPECT_EQ(record.config.tty().mode(), 0600u);
  EXPECT_FALSE(record.config.has_wall_ms());
}

TEST_F(DeclarationsTest, SaysWhereAndWhy) {
  EXPECT_EQ(fault_of("\nheap_bytes = 1"), "b.toml:2: 'heap_bytes' must be a whole number from 65536 to 17179869184");
  EXPECT_EQ(fault_of("\n\nenabled = \"yes\""), "b.toml:3: 'enabled' must be true or false");
  EXPECT_EQ(fault_of("restart = \"sometimes\""), "b.toml:1: 'restart' must be \"no\", \"on-failure\" or \"always\"");
  EXPECT_EQ(fault_of("mounts = \"write\""),
            "b.toml:1: 'mounts' is more than any [[files.mount]] of upyd's config grants");
  EXPECT_EQ(
      fault_of("[instances]\nwall_ms = 3").find("b.toml:1: there is no setting 'instances'; there are callback_ms,"),
      0u);
  EXPECT_EQ(fault_of("x = [").find("b.toml:1: "), 0u);
}

TEST_F(DeclarationsTest, TheExampleIsOfTheDefaults) {
  std::ifstream file(std::filesystem::path(UPYD_EXAMPLE_CONFIG).replace_filename("board.toml"));
  std::ostringstream text;
  text << file.rdbuf();
  const BoardRecord record = declared(std::regex_replace(text.str(), std::regex("(^|\n)#(?=[a-z_]+ = )"), "$1"));
  EXPECT_TRUE(record.enabled);
  EXPECT_TRUE(record.config.has_heap_bytes());
  EXPECT_EQ(merge(config_.instances, record.config).SerializeAsString(), config_.instances.SerializeAsString());
}

TEST_F(DeclarationsTest, KeepsToTheMaxima) {
  config_.maxima.set_wall_ms(1000);
  EXPECT_EQ(fault_of("wall_ms = 2000"), "b.toml:1: 'wall_ms' must be a whole number from 1 to 1000");
  EXPECT_EQ(fault_of("wall_ms = 0"), "b.toml:1: 'wall_ms' must be a whole number from 1 to 1000");
}

TEST_F(DeclarationsTest, ADirectoryHasAFileForEachBoard) {
  write("one.toml", "heap_bytes = 131072");
  write("two.toml", "");
  write("wrong.toml", "x = 1");
  write("wrong name.toml", "");
  write("one.toml.dpkg-new", "x = 1");
  const Declarations declarations = read_declarations(config_);
  ASSERT_EQ(declarations.boards.size(), 2u);
  EXPECT_EQ(declarations.boards.at("one").config.heap_bytes(), 131072u);
  EXPECT_EQ(declarations.boards.at("two").declared_in, directory_.file("two.toml"));
  ASSERT_EQ(declarations.faults.size(), 2u);
  EXPECT_EQ(declarations.faults.at("wrong").find(directory_.file("wrong.toml") + ":1: there is no setting 'x'"), 0u);
  EXPECT_EQ(declarations.faults.at("wrong name"), directory_.file("wrong name.toml") + ": " + kInstanceNameRule);
}

TEST_F(DeclarationsTest, ADirectoryThatIsNamedMustBeThere) {
  config_.instances_dir = directory_.file("none");
  EXPECT_THROW(read_declarations(config_), ConfigError);
  setenv("CONFIGURATION_DIRECTORY", directory_.file("none").c_str(), 1);
  config_.instances_dir = instances_directory();
  EXPECT_TRUE(read_declarations(config_).boards.empty());
  unsetenv("CONFIGURATION_DIRECTORY");
}

TEST_F(DeclarationsTest, AnOwnerWhoIsNotThereIsAFault) {
  EXPECT_EQ(fault_of("owner = \"user:no such user\""), "b.toml: " + no_principal("user:no such user"));
  EXPECT_EQ(fault_of("owner = \"uid:54001\""), "nothing");
}

}  // namespace
}  // namespace upyd
