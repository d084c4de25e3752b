#include "logs/log_ring.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace upyd {

/// What the memory begins with. Offsets count all bytes of entries since the ring was made; they lie in it round and
/// round.
struct LogRing::Head {
  uint64_t magic;
  uint64_t capacity;
  uint64_t begin, end;
};

struct LogRing::EntryHead {
  uint32_t mark;
  uint16_t text_bytes;
  uint8_t source;
  uint8_t continues;
  int64_t time_ns;
  uint64_t run_id;

  /// What it takes with its text.
  uint64_t bytes() const { return bytes_with(text_bytes); }
  static uint64_t bytes_with(size_t text_bytes) {
    constexpr uint64_t kUnit = alignof(EntryHead);
    return (sizeof(EntryHead) + text_bytes + kUnit - 1) / kUnit * kUnit;
  }
  bool is_sound() const {
    return mark == kMark && text_bytes <= kLongestText && v1::LogSource_IsValid(source) &&
           source != v1::LOG_SOURCE_UNSPECIFIED;
  }
  static constexpr uint32_t kMark = 0x6c6f6731;
};

namespace {

constexpr uint64_t kMagic = 0x31676f6c64797075;  // "upydlog1"
constexpr size_t kFirstBytes = 4096;

/// What was written before is in memory before what is written after. The other side is who reads it after this
/// process has ended, at whatever instruction.
void in_this_order() { std::atomic_thread_fence(std::memory_order_release); }

}  // namespace

std::unique_ptr<LogRing> LogRing::make(std::unique_ptr<LogMemory> memory) {
  std::unique_ptr<LogRing> ring(new LogRing(std::move(memory)));
  if (ring->memory_->size() == 0) return ring;  // its head comes with the first entry
  if (ring->memory_->is_file()) return ring->load() ? std::move(ring) : nullptr;
  ring->clear();
  return ring;
}

LogRing::Head& LogRing::head() const { return *reinterpret_cast<Head*>(memory_->data()); }

void LogRing::clear() {
  if (memory_->size() <= sizeof(Head)) return;
  capacity_ = (memory_->size() - sizeof(Head)) / alignof(EntryHead) * alignof(EntryHead);
  head() = {kMagic, capacity_, 0, 0};
}

/// Follows all entries from the beginning, which must lead to the end.
bool LogRing::load() {
  if (memory_->size() <= sizeof(Head)) return false;
  const Head found = head();
  const bool fits = found.capacity > 0 && found.capacity % alignof(EntryHead) == 0 &&
                    found.capacity <= memory_->size() - sizeof(Head);
  if (found.magic != kMagic || !fits || found.begin > found.end || found.end - found.begin > found.capacity ||
      found.begin % alignof(EntryHead) != 0)
    return false;
  capacity_ = found.capacity;
  begin_ = {found.begin, 0};
  begin_at_ = at(found.begin);
  end_at_ = at(found.end);
  for (end_ = begin_; end_.offset != found.end; ++end_.number) {
    EntryHead entry{};
    if (found.end - end_.offset < sizeof entry) return false;
    copy_out(at(end_.offset), &entry, sizeof entry);
    if (!entry.is_sound() || entry.bytes() > found.end - end_.offset) return false;
    end_.offset += entry.bytes();
  }
  return true;
}

void LogRing::append(const LogMark& mark, std::string_view text) {
  const uint64_t bytes = EntryHead::bytes_with(text.size());
  if (make_room(bytes)) {
    const EntryHead entry{EntryHead::kMark,
                          static_cast<uint16_t>(text.size()),
                          static_cast<uint8_t>(mark.source),
                          mark.continues,
                          mark.time_ns,
                          mark.run_id};
    copy_in(end_at_, &entry, sizeof entry);
    copy_in(behind(end_at_, sizeof entry), text.data(), text.size());
    end_at_ = behind(end_at_, bytes);
    end_.offset += bytes;
    in_this_order();
    head().end = end_.offset;
  } else {
    begin_.number = end_.number + 1;  // it is lost, and all before it
    begin_.offset = end_.offset;
    begin_at_ = end_at_;
  }
  ++end_.number;
}

/// False: it is larger than all the memory that can be had, and nothing is left in it.
bool LogRing::make_room(size_t bytes) {
  if (end_.offset + bytes > capacity_ && end_.offset <= capacity_) grow(end_.offset + bytes);
  while (end_.offset - begin_.offset + bytes > capacity_) {
    if (begin_.offset == end_.offset) return false;
    drop_oldest();
  }
  return true;
}

/// As long as it has not gone round: then places are where they were. What the system does not give it does without.
void LogRing::grow(size_t bytes) {
  const size_t least = sizeof(Head) + bytes;
  size_t wanted = std::max(memory_->size() * 2, kFirstBytes);
  while (wanted < least) wanted *= 2;
  wanted = std::min(wanted, memory_->limit());
  if (wanted <= memory_->size() || !memory_->allocate(wanted)) return;
  if (capacity_ == 0) return clear();
  capacity_ = (wanted - sizeof(Head)) / alignof(EntryHead) * alignof(EntryHead);
  head().capacity = capacity_;
  end_at_ = end_.offset;  // also where that was the old end, and so the beginning
}

void LogRing::drop_oldest() {
  EntryHead entry{};
  copy_out(begin_at_, &entry, sizeof entry);
  begin_at_ = behind(begin_at_, entry.bytes());
  begin_.offset += entry.bytes();
  ++begin_.number;
  head().begin = begin_.offset;
  in_this_order();
}

std::optional<LogMark> LogRing::next(Place& place, std::string& text) const {
  if (place.offset == end_.offset) return std::nullopt;
  EntryHead entry{};
  copy_out(at(place.offset), &entry, sizeof entry);
  text.resize(entry.text_bytes);
  copy_out(at(place.offset + sizeof entry), text.data(), text.size());
  place.offset += entry.bytes();
  ++place.number;
  return LogMark{entry.time_ns, entry.run_id, static_cast<v1::LogSource>(entry.source), entry.continues != 0};
}

/// Divisions would take longer than all else that an entry takes.
size_t LogRing::behind(size_t at, uint64_t bytes) const {
  const size_t next = at + bytes;
  return next < capacity_ ? next : next - capacity_;
}

void LogRing::copy_in(size_t at, const void* from, size_t bytes) {
  char* const data = memory_->data() + sizeof(Head);
  const size_t first = std::min(bytes, capacity_ - at);
  if (first == bytes) [[likely]]
    return void(std::memcpy(data + at, from, bytes));
  std::memcpy(data + at, from, first);
  std::memcpy(data, static_cast<const char*>(from) + first, bytes - first);
}

void LogRing::copy_out(size_t at, void* to, size_t bytes) const {
  const char* const data = memory_->data() + sizeof(Head);
  const size_t first = std::min(bytes, capacity_ - at);
  if (first == bytes) [[likely]]
    return void(std::memcpy(to, data + at, bytes));
  std::memcpy(to, data + at, first);
  std::memcpy(static_cast<char*>(to) + first, data, bytes - first);
}

}  // namespace upyd
