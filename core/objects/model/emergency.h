#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "objects/runtime/type.h"

/// Memory for one exception, set aside outside of the heap.
///
/// An error must be told even while the heap is locked or full. Then its exception object, a tuple of a few arguments,
/// its text and two places of its traceback are built here; what does not fit is left out: a long text is cut off, many
/// arguments become none. There is one of each: the next emergency overwrites the exception of the last one, which
/// scripts that keep it see change. The memory is as old as the instance, so references into it never dangle.
///
/// What lies here refers to objects of the heap (arguments, names of files); `mark` shows them to the collector.
namespace upy {

struct Exception;

class EmergencyReserve {
 public:
  static constexpr size_t kBytes = 256;  ///< of text at most
  static constexpr size_t kMaxArgs = 4;
  static constexpr size_t kMaxPlaces = 2;

  EmergencyReserve();
  ~EmergencyReserve();
  /// micropython.alloc_emergency_exception_buf: bytes of text that may be used, at most kBytes; with 0 exceptions
  /// have neither arguments nor places.
  void set_size(size_t bytes) { size_ = bytes < kBytes ? bytes : kBytes; }

  /// The exception, as new: of that class, without arguments and places.
  Exception* exception(const Type& type);
  /// The tuple, with those arguments; the empty tuple if they are too many.
  Tuple* args(std::span<const Value> values);
  /// The string, with as much of `text` as there is room for; null if there is none at all.
  Str* text(std::string_view text);
  /// Gives the room for places to an exception without any, and takes it from the one that had it.
  void lend_places(Exception* exception);

  void mark(Marker& marker);
  void drop_dead(const Heap& heap);

 private:
  struct Parts;  ///< the exception, its tuple, its text and its places

  size_t size_ = kBytes;
  const std::unique_ptr<Parts> parts_;
  Exception* borrower_ = nullptr;  ///< whose `trace` are our places; weak
};

}  // namespace upy
