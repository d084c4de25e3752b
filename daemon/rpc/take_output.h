#pragma once

#include "instances/convert.h"
#include "instances/output_buffer.h"

namespace upyd {

/// A message holds as many bytes of output, but for its last piece.
constexpr size_t kFullMessage = OutputBuffer::kLongestPiece;

/// Puts output into a message that has events of output and of what was dropped, until it is full. True: that was all
/// there is.
template <typename Message>
bool take_output(OutputBuffer& output, Message& message) {
  for (size_t size = 0; size < kFullMessage;) {
    auto piece = output.take();
    if (!piece) return true;
    size += piece->data.size();
    auto& event = *message.add_events();
    if (piece->dropped) {
      event.mutable_dropped()->set_stream(to_proto(piece->stream));
      event.mutable_dropped()->set_bytes(piece->dropped);
    } else {
      event.mutable_output()->set_stream(to_proto(piece->stream));
      event.mutable_output()->set_data(std::move(piece->data));
    }
  }
  return false;
}

}  // namespace upyd
