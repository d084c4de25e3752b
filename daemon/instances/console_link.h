#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "instances/output_buffer.h"

namespace upyd {

/// A client's hold on the console of an instance: input on its way to the scripts, output on its way to the client.
/// Input is bounded: a client that types faster than the scripts read is to wait.
class ConsoleLink {
 public:
  static constexpr size_t kInputLimit = 64u << 10;

  /// What the client is told of, on the instance's thread.
  struct Client {
    std::function<void()> on_readable;  ///< that of `output`
    std::function<void()> on_room;      ///< input that was full has room again
    std::function<void()> on_end;       ///< the instance has ended
  };
  ConsoleLink(size_t output_limit, OutputBuffer::Patience patience, Client client);

  /// Takes all of it. Answers whether there is still room; if not, no more may come before `on_room`. The client's
  /// thread.
  bool type(std::string_view bytes);
  /// No more input comes. The client's thread.
  void end_input();
  /// As upy::Console::read. The instance's thread.
  ptrdiff_t read(char* buffer, size_t size);
  /// As upy::Console::input. The instance's thread.
  upy::Console::Input input() const;
  /// The instance has ended. Its thread.
  void end() { client_.on_end(); }

  OutputBuffer output;

 private:
  const Client client_;
  mutable std::mutex mutex_;
  std::deque<char> input_;
  bool input_ended_ = false;
};

}  // namespace upyd
