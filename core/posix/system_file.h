#pragma once

#include "port/port.h"

namespace upy {

/// The error of a system call.
PortError system_error(int number);

/// A file of the system; owns its descriptor.
class SystemFile final : public File {
 public:
  explicit SystemFile(int descriptor) : descriptor_(descriptor) {}
  ~SystemFile() override;
  PortError read(char* buffer, size_t size, size_t& count) override;
  PortError write(const char* data, size_t size, size_t& count) override;
  PortError seek(int64_t offset, int whence, int64_t& position) override;
  PortError flush() override { return {}; }
  PortError close() override;
  int descriptor() const override { return descriptor_; }

 private:
  int descriptor_;  // -1 once closed
};

/// The file system as the process sees it.
class SystemFiles final : public Files {
 public:
  Kind stat(const std::string& path) override;
  PortError open(const std::string& path, int flags, std::unique_ptr<File>& file) override;
};

}  // namespace upy
