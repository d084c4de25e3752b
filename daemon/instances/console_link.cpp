#include "instances/console_link.h"

#include <utility>

namespace upyd {

ConsoleLink::ConsoleLink(size_t output_limit, OutputBuffer::Timeout timeout, Client client, Charge charge)
    : input(std::move(client.on_room), {}),
      output(output_limit, timeout, std::move(client.on_readable), std::move(charge)),
      client_(std::move(client)) {}

void ConsoleLink::write(upy::Console::Stream stream, std::string_view text) {
  if (!wants_prompt() || text.find('\n') == text.npos) return output.write(stream, text);
  std::string lines;
  lines.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    lines += c;
  }
  output.write(stream, lines);
}

InputBuffer::Typed ConsoleLink::type(std::string_view bytes, const std::function<int()>& interrupt_char) {
  using Waiting = InputBuffer::Waiting;
  return input.type(bytes, interrupt_char, wants_prompt() ? Waiting::IsDropped : Waiting::Stays);
}

void ConsoleLink::leave() {
  gone_ = true;
  input.end();
  output.close();
}

}  // namespace upyd
