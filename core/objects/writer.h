#pragma once

#include <string>
#include <string_view>

#include "objects/str.h"
#include "objects/type.h"
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

/// Collects text in the instance's heap; short texts in itself. Lives on the native stack only: its storage is found by
/// the scan of that stack.
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
  Result<Str*> to_str(Vm& vm) const;     ///< the text, which must be well-formed UTF-8 by now, as a string
  Result<Value> to_bytes(Vm& vm) const;  ///< as a bytes object

 private:
  char own_[104];
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

/// Collects text in a std::string of the host (tracebacks for an Outcome).
class HostWriter final : public Writer {
 public:
  Result<void> write(Vm&, std::string_view text) override {
    text_.append(text);
    return {};
  }
  std::string& text() { return text_; }

 private:
  std::string text_;
};

}  // namespace upy
