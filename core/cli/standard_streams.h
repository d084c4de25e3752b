#pragma once

#include <string_view>

#include "port/port.h"

namespace upy {

/// The console of upy: the process's own standard streams.
class StandardStreams final : public Console {
 public:
  void write(Stream stream, std::string_view text) override;
  ptrdiff_t read(char* buffer, size_t size) override;
  Input input() override;
  int input_descriptor() override;
  size_t columns() override;

 private:
  void read_ahead();
  void heed_interrupts();

  char buffer_[4096];
  std::string_view ahead_;   // what was read from the system and by nobody else yet
  unsigned interrupts_ = 0;  // had come when that was read
};

}  // namespace upy
