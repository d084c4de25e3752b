#pragma once

#include "port/port.h"

namespace upy {

/// A file of the system; owns its descriptor.
class SystemFile : public File {
 public:
  explicit SystemFile(int descriptor) : descriptor_(descriptor) {}
  ~SystemFile() override;
  PortError read(char* buffer, size_t size, size_t& count) override;
  PortError write(const char* data, size_t size, size_t& count) override;
  PortError seek(int64_t offset, int whence, int64_t& position) override;
  PortError flush() override { return {}; }
  PortError close() override;
  int poll(int events) override;
  int descriptor() const override { return descriptor_; }

 private:
  int descriptor_;  // -1 once closed
};

}  // namespace upy
