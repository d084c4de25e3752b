#include "instances/unread_output.h"

#include <algorithm>
#include <utility>

namespace upyd {

void UnreadOutput::keep(upy::Console::Stream stream, std::string_view text) {
  if (text.empty()) return;
  if (text.size() > kLimit) {
    lost_[static_cast<size_t>(stream)] += text.size() - kLimit;
    text.remove_prefix(text.size() - kLimit);
  }
  if (size_ + text.size() > kLimit) lose_oldest(size_ + text.size() - kLimit);
  if (pieces_.empty() || pieces_.back().stream != stream) pieces_.push_back({stream, {}});
  pieces_.back().data.append(text);
  size_ += text.size();
}

void UnreadOutput::move_to(OutputBuffer& buffer) {
  for (const auto stream : {upy::Console::Stream::Out, upy::Console::Stream::Err}) {
    uint64_t& lost = lost_[static_cast<size_t>(stream)];
    if (lost) buffer.put({stream, {}, std::exchange(lost, 0)});
  }
  for (OutputPiece& piece : pieces_) buffer.put(std::move(piece));
  pieces_.clear();
  size_ = 0;
}

void UnreadOutput::lose_oldest(size_t bytes) {
  size_ -= bytes;
  while (bytes > 0) {
    OutputPiece& oldest = pieces_.front();
    const size_t cut = std::min(bytes, oldest.data.size());
    lost_[static_cast<size_t>(oldest.stream)] += cut;
    oldest.data.erase(0, cut);
    if (oldest.data.empty()) pieces_.pop_front();
    bytes -= cut;
  }
}

}  // namespace upyd
