#include "kernel/rig_chip.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <thread>

/// A chip is a directory of configfs: DIRECTORY/bank describes its lines, DIRECTORY/live turns it on and off. Once it
/// is on, the kernel tells its names, and each line has a directory in sysfs.
namespace test_support {
namespace {

const std::filesystem::path kDirectory = "/sys/kernel/config/gpio-sim/rig";
const std::filesystem::path kBank = kDirectory / "bank";

/// The kernel sees an edge at the next tick of its clock, and two edges of a line within a tick as one or none.
constexpr std::chrono::milliseconds kTick{1};

void put(const std::filesystem::path& file, const std::string& text) {
  const int fd = open(file.c_str(), O_WRONLY | O_CLOEXEC);
  const bool done = fd >= 0 && write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  if (fd >= 0) close(fd);
  if (!done) throw std::system_error(error, std::generic_category(), file);
}

std::string get(const std::filesystem::path& file) {
  std::string text;
  if (!std::getline(std::ifstream(file), text)) throw std::system_error(EIO, std::generic_category(), file);
  return text;
}

std::filesystem::path line_directory(uint32_t offset) { return kBank / ("line" + std::to_string(offset)); }

}  // namespace

RigChip::RigChip(uint32_t lines, const std::map<uint32_t, std::string>& names) : names_(names) {
  std::filesystem::create_directories(kBank);
  put(kBank / "num_lines", std::to_string(lines));
  put(kBank / "label", kLabel);
  for (const auto& [offset, name] : names_) {
    std::filesystem::create_directory(line_directory(offset));
    put(line_directory(offset) / "name", name);
  }
  put(kDirectory / "live", "1");
  name_ = get(kBank / "chip_name");
  lines_directory_ = "/sys/devices/platform/" + get(kDirectory / "dev_name") + "/" + name_;
}

RigChip::~RigChip() {
  if (plugged_) unplug();
}

std::string RigChip::line_file(uint32_t offset, const std::string& file) const {
  return lines_directory_ + "/sim_gpio" + std::to_string(offset) + "/" + file;
}

void RigChip::pull(std::initializer_list<uint32_t> offsets, int level) {
  for (const uint32_t offset : offsets) put(line_file(offset, "pull"), level ? "pull-up" : "pull-down");
  std::this_thread::sleep_for(kTick);
}

int RigChip::level(uint32_t offset) const { return std::stoi(get(line_file(offset, "value"))); }

void RigChip::unplug() {
  plugged_ = false;
  put(kDirectory / "live", "0");
  for (const auto& [offset, name] : names_) std::filesystem::remove(line_directory(offset));
  std::filesystem::remove(kBank);
  std::filesystem::remove(kDirectory);
}

}  // namespace test_support
