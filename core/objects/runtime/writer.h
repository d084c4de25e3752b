#pragma once

#include <string>
#include <string_view>

#include "objects/runtime/str.h"
#include "objects/runtime/type.h"
#include "port/port.h"

namespace upy {

/// Where text goes.
class Writer {
 public:
  virtual Result<void> write(Vm& vm, std::string_view text) = 0;
  Result<void> write_int(Vm& vm, int64_t n);
  Result<void> write_hex(Vm& vm, uint64_t n);  ///< lower case, no prefix

 protected:
  ~Writer() = default;
};

/// Collects text: short ones in itself, longer ones in the instance's heap, in a cell that becomes the string in the
/// end. Lives on the native stack only: its cell is found by the scan of that stack.
class StrBuilder final : public Writer {
 public:
  StrBuilder() = default;
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;
  Result<void> write(Vm& vm, std::string_view text) override;
  Result<void> reserve(Vm& vm, size_t bytes);  ///< room for that many more bytes
  /// Room for `bytes` more, to be filled and then counted by `commit`.
  Result<char*> extend(Vm& vm, size_t bytes);
  void commit(size_t bytes) { size_ += bytes; }
  std::string_view view() const { return {data_, size_}; }
  size_t size() const { return size_; }

  // These take the text out: the builder is empty afterwards.
  Result<Str*> to_str(Vm& vm);     ///< as a string; it must be well-formed UTF-8 by now
  Result<Value> to_bytes(Vm& vm);  ///< as a bytes object

 private:
  Str* take_cell(Vm& vm);

  char own_[104];
  Str* cell_ = nullptr;  ///< what the text lies in; null: in own_
  char* data_ = own_;
  size_t size_ = 0, capacity_ = sizeof own_;
};

/// Writes to the console of the instance. Needs no memory.
class ConsoleWriter final : public Writer {
 public:
  explicit ConsoleWriter(Console::Stream stream) : stream_(stream) {}
  Result<void> write(Vm& vm, std::string_view text) override;

 private:
  Console::Stream stream_;
};

/// Writes "Warning: " and the text as a line on the console's error stream.
Result<void> warn(Vm& vm, std::string_view text);

/// Writes to two places, or to one if the second is null.
class TwoWriters final : public Writer {
 public:
  TwoWriters(Writer& first, Writer* second) : first_(first), second_(second) {}
  Result<void> write(Vm& vm, std::string_view text) override;

 private:
  Writer& first_;
  Writer* second_;
};

/// Collects what a host is told, in memory that counts for no instance: so of a long text the middle is left out.
class HostWriter final : public Writer {
 public:
  static constexpr size_t kKept = 31 << 10;  ///< bytes of the beginning, and of the end, that are kept at least

  Result<void> write(Vm& vm, std::string_view text) override;
  std::string text() const;

 private:
  std::string beginning_, end_;
  size_t left_out_ = 0;  ///< bytes between them
};

}  // namespace upy
