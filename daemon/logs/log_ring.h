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
};

/// The latest entries of a log, in bounded memory which may be a file's (LogMemory). What is there after whatever end
/// of the process is whole: an entry counts from the moment in which the mark of the end has moved behind it, and the
/// mark of the beginning moves before what it leaves is written over.
///
/// Not thread-safe.
class LogRing {
 public:
  static constexpr size_t kLongestText = 4096;

  /// A place between two entries; `number` counts all entries before it since this ring was made.
  struct Place {
    uint64_t offset = 0;
    uint64_t number = 0;
  };

  /// A new ring in memory of which nothing is used, or what an earlier one left there. Null: what is there is no log.
  static std::unique_ptr<LogRing> make(std::unique_ptr<LogMemory> memory);

  /// Adds an entry, whose text has kLongestText bytes at most, and loses the oldest where there is no room.
  void append(const LogMark& mark, std::string_view text);

  Place begin() const { return begin_; }
  Place end() const { return end_; }
  /// The entry at a place from `begin` to `end`, which goes behind it; nothing at the end.
  std::optional<LogMark> next(Place& place, std::string& text) const;

  const LogMemory& memory() const { return *memory_; }
  LogMemory& memory() { return *memory_; }

 private:
  struct Head;
  struct EntryHead;

  explicit LogRing(std::unique_ptr<LogMemory> memory) : memory_(std::move(memory)) {}
  void clear();
  bool load();
  Head& head() const;
  bool make_room(size_t bytes);
  void grow(size_t bytes);
  void drop_oldest();
  size_t at(uint64_t offset) const { return static_cast<size_t>(offset % capacity_); }
  size_t behind(size_t at, uint64_t bytes) const;
  void copy_in(size_t at, const void* from, size_t bytes);
  void copy_out(size_t at, void* to, size_t bytes) const;

  const std::unique_ptr<LogMemory> memory_;
  uint64_t capacity_ = 0;             // for entries, of what the memory has now
  Place begin_, end_;                 // as in the memory's head
  size_t begin_at_ = 0, end_at_ = 0;  // where that is, among the bytes of entries
};

}  // namespace upyd
