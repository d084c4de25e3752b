#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "objects/runtime/type.h"

/// Memory for a few exceptions, set aside.
///
/// An error must be told even while the heap is locked or full. Then its exception object, a tuple of a few arguments,
/// its text and two entries of its traceback are taken from here; what does not fit is left out: a long text is cut
/// off, many arguments become none. All of these are cells of the heap like any others: whoever has them keeps them,
/// and they do not change. So there are kExceptions of each until `refill` takes others from the heap, once it can; an
/// exception that comes when they are used up has its class only.
namespace upy {

class Heap;
struct Exception;

class EmergencyReserve {
 public:
  static constexpr size_t kBytes = 256;  ///< of text at most
  static constexpr size_t kMaxArgs = 4;
  static constexpr size_t kMaxEntries = 2;
  static constexpr size_t kExceptions = 4;

  explicit EmergencyReserve(Heap& heap);
  ~EmergencyReserve();
  /// Sets aside what has been taken. To be called where the heap has been unlocked, and now and then.
  void refill() {
    if (taken_ > 0) [[unlikely]]
      set_aside();
  }
  /// micropython.alloc_emergency_exception_buf: bytes of text that may be used, at most kBytes; with 0 exceptions
  /// have neither arguments nor a traceback.
  void set_size(size_t bytes) { size_ = bytes < kBytes ? bytes : kBytes; }

  /// An exception of that class, without arguments and traceback. When there is none left it is the last resort, an
  /// object that there is once and that the next one in such need overwrites: scripts that keep it see its class
  /// change.
  Exception* exception(const Type& type);
  /// A tuple of those arguments; the empty tuple if they are too many, or none is left.
  Tuple* args(std::span<const Value> values);
  /// A string, with as much of `text` as there is room for; null if none is left.
  Str* text(std::string_view text);
  /// Gives the room for traceback entries to an exception without any, if there is some left.
  void give_entries(Exception* exception);

  void mark(Marker& marker);

 private:
  /// Cells of one kind; null: taken.
  template <typename Cell>
  using Cells = std::array<Cell*, kExceptions>;

  template <typename Cell>
  Cell* take(Cells<Cell>& cells);
  template <typename Cell, typename Make>
  void fill(Cells<Cell>& cells, Make make);
  void set_aside();

  Heap& heap_;
  size_t size_ = kBytes;
  Cells<Exception> exceptions_{};
  Cells<Tuple> args_{};
  Cells<Str> texts_{};
  Cells<Object> entries_{};
  size_t taken_ = 4 * kExceptions;  ///< cells of all kinds
  const std::unique_ptr<Exception> last_resort_;
};

}  // namespace upy
