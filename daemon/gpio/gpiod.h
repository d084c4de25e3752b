#pragma once

#include <memory>
#include <span>
#include <string>

#include "gpio/chip.h"

/// libgpiod, as much of it as upyd needs, in the same form for both of its generations: gpiod_v1.cpp has version 1.6
/// (as Debian 12), gpiod_v2.cpp 2.x (as Debian 13); CMake takes the one that fits. Errors are errno numbers, 0: none.
namespace upyd::gpiod {

/// A line that this process uses. The destructor gives it back.
class Request {
 public:
  virtual ~Request() = default;
  /// Gives the line other settings; after an error it has the old ones, or, where the kernel knows no other way than
  /// to give the line back and another program was quicker, is lost. Changes the descriptor. An output's `level` is
  /// not -1; edges of outputs are not collected.
  virtual int configure(const LineSettings& settings) = 0;
  virtual int read(int& level) = 0;
  virtual int write(int level) = 0;
  /// Readable when edges wait; -1: none are collected.
  virtual int descriptor() const = 0;
  /// Takes waiting edges, in their order; `count` 0 if there are none. At most as many as `edges` has room for.
  virtual int take_edges(std::span<LineEdge> edges, size_t& count) = 0;
};

/// An open chip. Requests must not outlive it.
class Device {
 public:
  /// Whether the kernel debounces lines through this generation.
  static const bool kDebounces;

  /// Opens "/dev/gpiochipN"; null and `error` when that fails.
  static std::unique_ptr<Device> open(const std::string& path, int& error);
  virtual ~Device() = default;
  virtual std::string name() const = 0;  ///< as the kernel numbers it, "gpiochipN"
  virtual std::string label() const = 0;
  virtual std::vector<std::string> line_names() = 0;  ///< by offset; may be empty
  virtual LineUse look(uint32_t offset) = 0;
  /// Whether the chip is still there.
  virtual bool is_there() = 0;
  /// Takes a line, as it is but for the settings. Null and `error` when that fails: EBUSY if somebody else has it.
  virtual std::unique_ptr<Request> request(uint32_t offset, const LineSettings& settings, int& error) = 0;
};

}  // namespace upyd::gpiod
