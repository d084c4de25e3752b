#include "posix/system_file.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace upy {
namespace {

PortError transferred(ssize_t result, size_t& count) {
  count = result < 0 ? 0 : static_cast<size_t>(result);
  return result < 0 ? PortError{errno} : PortError{};
}

}  // namespace

SystemFile::~SystemFile() { SystemFile::close(); }

PortError SystemFile::read(char* buffer, size_t size, size_t& count) {
  return transferred(::read(descriptor_, buffer, size), count);
}

PortError SystemFile::write(const char* data, size_t size, size_t& count) {
  return transferred(::write(descriptor_, data, size), count);
}

PortError SystemFile::seek(int64_t offset, int whence, int64_t& position) {
  position = lseek(descriptor_, offset, whence);
  return position < 0 ? PortError{errno} : PortError{};
}

int SystemFile::poll(int events) {
  pollfd polled{descriptor_, static_cast<short>(events), 0};
  return ::poll(&polled, 1, 0) > 0 ? polled.revents : 0;
}

PortError SystemFile::close() {
  if (descriptor_ < 0) return {};
  const int result = ::close(descriptor_);
  descriptor_ = -1;
  return result < 0 ? PortError{errno} : PortError{};
}

}  // namespace upy
