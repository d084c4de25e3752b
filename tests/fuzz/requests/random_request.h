#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace fuzz_requests {

/// What a fuzzer's thread throws its dice with.
class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}

  /// From 0 to n - 1.
  uint64_t below(uint64_t n) { return std::uniform_int_distribution<uint64_t>(0, n - 1)(engine_); }
  /// True once in n times.
  bool once_in(uint64_t n) { return below(n) == 0; }
  uint64_t bits() { return engine_(); }
  template <typename T>
  const T& one_of(const std::vector<T>& values) {
    return values[below(values.size())];
  }
  std::string bytes(size_t size);

 private:
  std::mt19937_64 engine_;
};

/// Requests that a client could send: of every type, with fields set or not, values that are usual, extreme or none at
/// all, and encodings that are broken.
class RandomRequest {
 public:
  explicit RandomRequest(Dice& dice) : dice_(dice) {}

  /// The encoding of some message of that type, or something like it.
  std::string encoding_of(const google::protobuf::Descriptor& type);
  /// Changes some bytes, or cuts or extends them.
  std::string mutated(std::string bytes);

 private:
  void fill(google::protobuf::Message& message, int depth);
  void set(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field, int depth);
  void add(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field, int depth);
  std::string text_for(const google::protobuf::FieldDescriptor& field);
  uint64_t number();

  Dice& dice_;
};

}  // namespace fuzz_requests
