#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "logs/log_memory.h"
#include "upyd/v1/log.pb.h"

namespace upyd {

/// An entry of a log, but for its text.
struct LogMark {
  int64_t time_ns = 0;  ///< since 1970
  uint64_t run_id = 0;  ///< 0: none
  v1::LogSource source = v1::LOG_SOURCE_UNSPECIFIED;
  bool continues = false;  ///< its line goes on in the next entry of that source

  bool operator==(const LogMark&) const = default;
};

/// The latest entries of a log, in bounded memory which may be a file's (LogMemory). Entries that follow each other
/// with the same mark lie in one block, which saves each of them a head.
///
/// What is there after whatever end of the process is whole: an entry counts from the moment in which the mark of the
/// end has moved behind it, and the mark of the beginning moves before what it leaves is written over. What somebody
/// else has done to the memory costs what was in it and nothing more: places are known to this object, and of what it
/// reads there each head is looked at before it is followed.
///
/// Not thread-safe.
class LogRing {
 public:
  static constexpr size_t kLongestText = 4096;
  /// A block takes no further entry that would make it longer.
  static constexpr size_t kLongestBlock = 1024;

  /// A place between two entries; `number` counts all entries before it since this ring was made.
  struct Place {
    uint64_t block = 0;   ///< where the block begins
    uint64_t offset = 0;  ///< `block` itself, or the end of an entry in it
    uint64_t number = 0;
  };

  /// A new ring in memory of which nothing is used, or what an earlier one left there. Null: what is there is no log.
  static std::unique_ptr<LogRing> make(std::unique_ptr<LogMemory> memory);

  /// Adds an entry, whose text is a line or a piece of one, of kLongestText bytes at most, and loses the oldest where
  /// there is no room.
  void append(const LogMark& mark, std::string_view text);

  const Place& begin() const { return begin_; }
  const Place& end() const { return end_; }
  /// The entry at a place, which goes behind it; nothing at the end. From a place before `begin` it goes on there.
  /// Where it finds that somebody else has changed the memory all is lost: `begin` has moved to `end` then.
  std::optional<LogMark> next(Place& place, std::string& text);

  const LogMemory& memory() const { return *memory_; }
  LogMemory& memory() { return *memory_; }

 private:
  struct Head;
  struct BlockHead;

  explicit LogRing(std::unique_ptr<LogMemory> memory) : memory_(std::move(memory)) {}
  void clear();
  bool load();
  Head& head() const;
  bool extend(const LogMark& mark, std::string_view text);
  void begin_block(const LogMark& mark, std::string_view text);
  bool is_empty() const { return begin_.offset == end_.offset; }
  void close_last_block();
  bool make_room(uint64_t bytes);
  void grow(uint64_t bytes);
  void drop_oldest();
  void lose_all();
  std::optional<BlockHead> block_at(uint64_t offset) const;
  uint64_t entries_in(uint64_t offset, size_t bytes) const;
  size_t length_of_line(uint64_t offset, size_t most) const;
  void move_end(uint64_t bytes);
  size_t at(uint64_t offset) const { return static_cast<size_t>(offset % capacity_); }
  /// Divisions would take longer than all else that an entry takes.
  size_t behind(size_t at, uint64_t bytes) const {
    const size_t next = at + bytes;
    return next < capacity_ ? next : next - capacity_;
  }
  char* bytes_at(size_t at) const;
  void copy_in(size_t at, const void* from, size_t bytes);
  void copy_out(size_t at, void* to, size_t bytes) const;

  const std::unique_ptr<LogMemory> memory_;
  uint64_t capacity_ = 0;  // for entries, of what the memory has now
  Place begin_, end_;      // of the latter `block` is the last one
  // Of the last block: its mark, the entries before it, how far it may reach while nothing is dropped; 0: there is
  // none, or none of this object.
  LogMark last_mark_;
  uint64_t last_number_ = 0, last_limit_ = 0;
  size_t last_at_ = 0, end_at_ = 0;  // where it and the end are, among the bytes of blocks
};

}  // namespace upyd
