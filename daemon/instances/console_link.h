#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

#include "instances/input_buffer.h"
#include "instances/output_buffer.h"

namespace upyd {

/// A client's hold on the console of an instance: input on its way to the scripts or to the prompt, output on its way
/// to the client.
class ConsoleLink {
 public:
  /// What the client has the console for.
  enum class Use : uint8_t {
    Input,   ///< it gives scripts their standard input
    Prompt,  ///< it is a terminal in raw mode, or a program, and wants the prompt while no script runs
  };
  /// What kind of client it is.
  enum class Holder : uint8_t { Client, Tty };

  /// The client, and what it is told of on the instance's thread.
  struct Client {
    std::function<void()> on_readable;  ///< that of `output`
    std::function<void()> on_room;      ///< input that was full has room again
    std::function<void()> on_end;       ///< it does not have the console any more, as the instance has ended, or the
                                        ///< prompt has read its input to the end
    Use use = Use::Input;
    Holder holder = Holder::Client;
    std::string name = "another client";  ///< for those who want the console too
  };
  /// `charge` as OutputBuffer has it.
  ConsoleLink(size_t output_limit, OutputBuffer::Timeout timeout, Client client, Charge charge = {});

  bool wants_prompt() const { return client_.use == Use::Prompt; }
  Holder holder() const { return client_.holder; }
  const std::string& name() const { return client_.name; }
  /// As upy::Console::columns. Any thread.
  void set_columns(size_t columns) { columns_ = columns; }
  size_t columns() const { return columns_; }

  /// As InstanceConsole::set_raw.
  void set_raw(bool is_raw) { raw_ = is_raw; }
  bool is_raw() const { return raw_; }

  /// Writes text: a terminal gets the ends of lines that it wants. The instance's thread.
  void write(upy::Console::Stream stream, std::string_view text);
  /// As InputBuffer::type: at a prompt what interrupts drops what waits, as at any terminal. The client's thread.
  InputBuffer::Typed type(std::string_view bytes, const std::function<int()>& interrupt_char);

  /// The client is gone. What it typed may still be read. Any thread.
  void leave();
  bool is_gone() const { return gone_; }
  /// The client does not have the console any more. The instance's thread.
  void end() { client_.on_end(); }

  InputBuffer input;
  OutputBuffer output;

 private:
  const Client client_;
  std::atomic<size_t> columns_ = 0;
  std::atomic<bool> gone_ = false;
  std::atomic<bool> raw_ = false;
};

}  // namespace upyd
