#pragma once

#include <utility>

#include "heap/value.h"

/// Errors are values. A function that may raise returns Result<T>: a T, or "an exception is pending in the Vm".
/// `TRY(expression)` takes the value out, or returns the failure from the calling function.
namespace upy {

/// "An exception is pending": converts to every failed Result. Made by Vm::raise and its relatives.
struct [[nodiscard]] Failure {};

template <typename T>
class [[nodiscard]] Result {
 public:
  constexpr Result(T value) : value_(std::move(value)), ok_(true) {}
  constexpr Result(Failure) : value_(), ok_(false) {}
  constexpr explicit operator bool() const { return ok_; }
  constexpr T& operator*() { return value_; }

 private:
  T value_;
  bool ok_;
};

/// A Value is its own Result: the null Value is the failure.
template <>
class [[nodiscard]] Result<Value> {
 public:
  constexpr Result(Value value) : value_(value) {}
  constexpr Result(const Object* object) : value_(object) {}
  constexpr Result(Failure) {}
  constexpr explicit operator bool() const { return static_cast<bool>(value_); }
  constexpr Value& operator*() { return value_; }

 private:
  Value value_;
};

/// So is a pointer.
template <typename T>
class [[nodiscard]] Result<T*> {
 public:
  constexpr Result(T* pointer) : pointer_(pointer) {}
  constexpr Result(Failure) : pointer_(nullptr) {}
  constexpr explicit operator bool() const { return pointer_ != nullptr; }
  constexpr T*& operator*() { return pointer_; }

 private:
  T* pointer_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  constexpr Result() : ok_(true) {}
  constexpr Result(Failure) : ok_(false) {}
  constexpr explicit operator bool() const { return ok_; }
  constexpr void operator*() const {}

 private:
  bool ok_;
};

/// The value of an expression of type Result, or return its failure from this function.
#define TRY(...)                      \
  ({                                  \
    auto try_result_ = (__VA_ARGS__); \
    if (!try_result_) [[unlikely]]    \
      return ::upy::Failure{};        \
    *try_result_;                     \
  })

}  // namespace upy
