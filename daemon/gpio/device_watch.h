#pragma once

#include <array>
#include <asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>

namespace upyd {

/// Tells when GPIO devices come to /dev, leave it, or change their permissions. Where the system can't tell, it is
/// silent. It lives as long as its io_context.
class DeviceWatch : public std::enable_shared_from_this<DeviceWatch> {
 public:
  /// Calls `changed` on the thread of `io`.
  static void start(asio::io_context& io, std::function<void()> changed);

 private:
  DeviceWatch(asio::io_context& io, std::function<void()> changed) : descriptor_(io), changed_(std::move(changed)) {}
  void wait();
  bool names_a_chip(size_t bytes) const;

  asio::posix::stream_descriptor descriptor_;
  const std::function<void()> changed_;
  alignas(8) std::array<char, 4096> events_;
};

}  // namespace upyd
