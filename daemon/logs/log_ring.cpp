#include "logs/log_ring.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace upyd {

/// What the memory begins with. Offsets count all bytes of blocks since the ring was made; they lie in it round and
/// round.
struct LogRing::Head {
  uint64_t magic;
  uint64_t capacity;
  uint64_t begin, end;
};

/// What a block begins with, at a multiple of its alignment; then its entries, with a newline between two.
struct LogRing::BlockHead {
  uint16_t mark;
  uint16_t entries;  // kOpen in the last block, which reaches to the end
  uint16_t text_bytes;
  uint8_t source;
  uint8_t continues;
  int64_t time_ns;
  uint64_t run_id;

  static constexpr uint16_t kMark = 0x6c67;
  static constexpr uint16_t kOpen = UINT16_MAX;

  bool is_sound() const {
    return mark == kMark && text_bytes <= kLongestText && v1::LogSource_IsValid(source) &&
           source != v1::LOG_SOURCE_UNSPECIFIED;
  }
  LogMark log_mark() const { return {time_ns, run_id, static_cast<v1::LogSource>(source), continues != 0}; }
};

namespace {

constexpr uint64_t kMagic = 0x32676f6c64797075;  // "upydlog2"
constexpr size_t kFirstBytes = 4096;

/// What was written before is in memory before what is written after. The other side is who reads it after this
/// process has ended, at whatever instruction.
void in_this_order() { std::atomic_thread_fence(std::memory_order_release); }

/// Blocks begin at its multiples.
constexpr uint64_t kUnit = alignof(uint64_t);

uint64_t aligned(uint64_t offset) { return (offset + kUnit - 1) / kUnit * kUnit; }

}  // namespace

std::unique_ptr<LogRing> LogRing::make(std::unique_ptr<LogMemory> memory) {
  std::unique_ptr<LogRing> ring(new LogRing(std::move(memory)));
  if (ring->memory_->size() == 0) return ring;  // its head comes with the first entry
  const LogMemory::Touch touch(*ring->memory_);
  if (ring->memory_->is_file()) return ring->load() ? std::move(ring) : nullptr;
  ring->clear();
  return ring;
}

LogRing::Head& LogRing::head() const { return *reinterpret_cast<Head*>(memory_->data()); }

/// Empty, and as large as the memory is.
void LogRing::clear() {
  const size_t size = memory_->size();
  capacity_ = size <= sizeof(Head) ? 0 : (size - sizeof(Head)) / kUnit * kUnit;
  begin_ = end_ = {0, 0, end_.number};
  last_at_ = end_at_ = 0;
  last_limit_ = 0;
  if (capacity_) head() = {kMagic, capacity_, 0, 0};
}

/// Follows all blocks from the beginning, which must lead to the end.
bool LogRing::load() {
  if (memory_->size() <= sizeof(Head)) return false;
  const Head found = head();
  const bool fits = found.capacity > 0 && found.capacity == aligned(found.capacity) &&
                    found.capacity <= memory_->size() - sizeof(Head);
  if (found.magic != kMagic || !fits || found.begin > found.end || found.end - found.begin > found.capacity ||
      found.begin != aligned(found.begin))
    return false;
  capacity_ = found.capacity;
  begin_ = end_ = {found.begin, found.begin, 0};
  end_at_ = at(found.end);
  for (uint64_t next = found.begin; next < found.end; next = aligned(end_.offset)) {
    if (found.end - next < sizeof(BlockHead)) return false;
    BlockHead block{};
    copy_out(at(next), &block, sizeof block);
    const uint64_t text = next + sizeof block, most = found.end - text;
    const bool is_open = block.entries == BlockHead::kOpen;
    if (is_open && most <= kLongestText) block.text_bytes = static_cast<uint16_t>(most);
    if (!block.is_sound() || block.text_bytes > most) return false;
    const uint64_t entries = entries_in(text, block.text_bytes);
    if (!is_open && entries != block.entries) return false;
    last_number_ = end_.number;
    end_ = {next, text + block.text_bytes, end_.number + entries};
    last_at_ = at(next);
  }
  return end_.offset == found.end && !memory_->is_lost();
}

void LogRing::append(const LogMark& mark, std::string_view text) {
  const LogMemory::Touch touch(*memory_);
  if (!extend(mark, text)) begin_block(mark, text);
  if (!memory_->is_lost()) [[likely]]
    return;
  --end_.number;  // it was lost as well
  lose_all();
  begin_block(mark, text);
}

/// False: it does not go into the last block.
bool LogRing::extend(const LogMark& mark, std::string_view text) {
  const uint64_t bytes = 1 + text.size();
  if (end_.offset + bytes > last_limit_ || mark != last_mark_) return false;
  *bytes_at(end_at_) = '\n';
  copy_in(behind(end_at_, 1), text.data(), text.size());
  move_end(bytes);
  return true;
}

/// What is larger than all the memory that can be had is lost, and all before it.
void LogRing::begin_block(const LogMark& mark, std::string_view text) {
  const uint64_t bytes = sizeof(BlockHead) + text.size();
  if (!make_room(aligned(end_.offset) - end_.offset + bytes)) {
    begin_.number = ++end_.number;
    return;
  }
  const BlockHead block{BlockHead::kMark, BlockHead::kOpen, 0,          static_cast<uint8_t>(mark.source),
                        mark.continues,   mark.time_ns,     mark.run_id};
  const size_t at = behind(end_at_, aligned(end_.offset) - end_.offset);
  copy_in(at, &block, sizeof block);
  copy_in(behind(at, sizeof block), text.data(), text.size());
  if (!is_empty()) close_last_block();
  end_.offset = end_.block = aligned(end_.offset);
  end_at_ = last_at_ = at;
  last_mark_ = mark;
  last_number_ = end_.number;
  last_limit_ = std::min(end_.block + kLongestBlock, begin_.offset + capacity_);
  move_end(bytes);
}

/// Where it ends is told before something comes behind it.
void LogRing::close_last_block() {
  BlockHead block{};
  copy_out(last_at_, &block, sizeof block);
  block.entries = static_cast<uint16_t>(end_.number - last_number_);
  block.text_bytes = static_cast<uint16_t>(end_.offset - end_.block - sizeof block);
  copy_in(last_at_, &block, offsetof(BlockHead, source));
  in_this_order();
}

void LogRing::move_end(uint64_t bytes) {
  end_at_ = behind(end_at_, bytes);
  end_.offset += bytes;
  ++end_.number;
  in_this_order();
  head().end = end_.offset;
}

/// False: nothing is left in it, and that is not enough.
bool LogRing::make_room(uint64_t bytes) {
  for (;;) {
    if (end_.offset + bytes > capacity_ && end_.offset <= capacity_) grow(end_.offset + bytes);
    if (end_.offset + bytes - begin_.offset <= capacity_) return true;
    if (is_empty()) return false;
    drop_oldest();
  }
}

/// As long as it has not gone round: then places are where they were. What the system does not give it does without.
void LogRing::grow(uint64_t bytes) {
  const size_t least = sizeof(Head) + bytes;
  size_t wanted = std::max(memory_->size() * 2, kFirstBytes);
  while (wanted < least) wanted *= 2;
  wanted = std::min(wanted, memory_->limit());
  if (wanted <= memory_->size() || !memory_->allocate(wanted)) return;
  if (capacity_ == 0) return clear();
  capacity_ = (memory_->size() - sizeof(Head)) / kUnit * kUnit;
  head().capacity = capacity_;
  end_at_ = end_.offset;  // also where that was the old end, and so the beginning
}

void LogRing::drop_oldest() {
  const auto block = block_at(begin_.block);
  if (!block) return lose_all();
  const uint64_t text = begin_.block + sizeof(BlockHead);
  const uint64_t next = aligned(text + block->text_bytes);
  const uint64_t number = begin_.number + block->entries;
  if (begin_.block == end_.block) {
    end_at_ = behind(end_at_, next - end_.offset);
    end_ = {next, next, end_.number};
    last_limit_ = 0;
  }
  begin_ = {next, next, std::min(number, end_.number)};
  head().begin = next;
  in_this_order();
  head().end = end_.offset;
}

void LogRing::lose_all() {
  memory_->renew();
  clear();
}

std::optional<LogMark> LogRing::next(Place& place, std::string& text) {
  if (place.number <= begin_.number) place = begin_;
  if (place.offset == end_.offset) {
    place = end_;
    return std::nullopt;
  }
  const LogMemory::Touch touch(*memory_);
  auto block = block_at(place.block);
  if (block && place.offset == place.block + sizeof(BlockHead) + block->text_bytes) {
    place.block = place.offset = aligned(place.offset);
    block = block_at(place.block);
  }
  const uint64_t from = place.offset == place.block ? place.block + sizeof(BlockHead) : place.offset + 1;
  const uint64_t end = block ? place.block + sizeof(BlockHead) + block->text_bytes : 0;
  if (from <= end) {
    text.resize(length_of_line(from, end - from));
    copy_out(at(from), text.data(), text.size());
  }
  if (from > end || memory_->is_lost()) {
    lose_all();
    return std::nullopt;
  }
  place.offset = from + text.size();
  ++place.number;
  return block->log_mark();
}

/// Nothing: somebody else has changed it.
std::optional<LogRing::BlockHead> LogRing::block_at(uint64_t offset) const {
  BlockHead block{};
  copy_out(at(offset), &block, sizeof block);
  const bool is_last = offset == end_.block;
  if (is_last) {
    block.entries = static_cast<uint16_t>(end_.number - last_number_);
    block.text_bytes = static_cast<uint16_t>(end_.offset - offset - sizeof block);
  }
  const bool fits = is_last || aligned(offset + sizeof block + block.text_bytes) <= end_.block;
  return fits && block.is_sound() ? std::optional(block) : std::nullopt;
}

uint64_t LogRing::entries_in(uint64_t offset, size_t bytes) const {
  const size_t from = at(offset), first = std::min(bytes, capacity_ - from);
  return 1 + static_cast<uint64_t>(std::count(bytes_at(from), bytes_at(from + first), '\n') +
                                   std::count(bytes_at(0), bytes_at(bytes - first), '\n'));
}

/// Up to a newline, or `most`.
size_t LogRing::length_of_line(uint64_t offset, size_t most) const {
  const size_t from = at(offset), first = std::min(most, capacity_ - from);
  const std::string_view one(bytes_at(from), first), other(bytes_at(0), most - first);
  return std::min(one.find('\n'), first + std::min(other.find('\n'), most - first));
}

char* LogRing::bytes_at(size_t at) const { return memory_->data() + sizeof(Head) + at; }

void LogRing::copy_in(size_t at, const void* from, size_t bytes) {
  const size_t first = std::min(bytes, capacity_ - at);
  std::memcpy(bytes_at(at), from, first);
  if (first < bytes) [[unlikely]]
    std::memcpy(bytes_at(0), static_cast<const char*>(from) + first, bytes - first);
}

void LogRing::copy_out(size_t at, void* to, size_t bytes) const {
  const size_t first = std::min(bytes, capacity_ - at);
  std::memcpy(to, bytes_at(at), first);
  if (first < bytes) [[unlikely]]
    std::memcpy(static_cast<char*>(to) + first, bytes_at(0), bytes - first);
}

}  // namespace upyd
