#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>

namespace test_support {

/// A GPIO chip of the kernel's simulator gpio-sim, for a program that runs in the rig. The other end of its lines is
/// the test's: it pulls them up and down. Functions throw std::system_error when the kernel refuses.
class RigChip {
 public:
  /// How daemons find it: its label.
  static constexpr const char* kLabel = "rig";

  /// Makes a chip of so many lines, some with names, all pulled down.
  explicit RigChip(uint32_t lines, const std::map<uint32_t, std::string>& names = {});
  /// Unplugs it if it still is there.
  ~RigChip();
  RigChip(const RigChip&) = delete;
  RigChip& operator=(const RigChip&) = delete;

  /// Its device, "/dev/gpiochipN".
  std::string device() const { return "/dev/" + name_; }

  /// Pulls lines up (1) or down (0), and returns when the kernel has seen the edges.
  void pull(std::initializer_list<uint32_t> offsets, int level);
  void pull(uint32_t offset, int level) { pull({offset}, level); }
  /// The level that the outside sees: an output's value, or what the line is pulled to.
  int level(uint32_t offset) const;

  /// The chip is gone, whoever uses it.
  void unplug();

 private:
  std::string line_file(uint32_t offset, const std::string& file) const;

  std::map<uint32_t, std::string> names_;
  std::string name_, lines_directory_;
  bool plugged_ = true;
};

}  // namespace test_support
