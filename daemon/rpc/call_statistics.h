#pragma once

#include <grpcpp/support/status.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class MethodDescriptor;
}

namespace upyd {

/// "OK", "NOT_FOUND".
std::string_view code_name(grpc::StatusCode code);

/// Whether calls of a server go on. Any thread.
class CallActivity {
 public:
  void begin() { ++active_; }
  void end(int64_t now_ns) {
    last_end_ns_ = now_ns;
    --active_;
  }
  bool is_active() const { return active_ > 0; }
  /// When the last one ended, 0: none did.
  int64_t last_end_ns() const { return last_end_ns_; }

 private:
  std::atomic<int64_t> active_ = 0;
  std::atomic<int64_t> last_end_ns_ = 0;
};

/// The calls of the API, counted by method and code, and how long unary ones took. A stream lasts as long as its client
/// or its script wants, so of streams there is no time. Any thread.
class CallStatistics {
 public:
  static constexpr size_t kCodes = grpc::StatusCode::UNAUTHENTICATED + 1;
  /// Upper bounds of the classes of times, in nanoseconds; the last class has none.
  static constexpr std::array<int64_t, 11> kBoundsNs = {100'000,       300'000,       1'000'000,     3'000'000,
                                                        10'000'000,    30'000'000,    100'000'000,   300'000'000,
                                                        1'000'000'000, 3'000'000'000, 10'000'000'000};

  class Method {
   public:
    Method(std::string name, const google::protobuf::MethodDescriptor* descriptor);

    void begin() { begun_.fetch_add(1, std::memory_order_relaxed); }
    void end(grpc::StatusCode code, int64_t duration_ns);

    /// "upyd.v1.InstanceService/ListInstances".
    const std::string& name() const { return name_; }
    /// Null: it is "other".
    const google::protobuf::MethodDescriptor* descriptor() const { return descriptor_; }
    bool is_unary() const { return is_unary_; }
    uint64_t begun() const { return begun_.load(std::memory_order_relaxed); }
    uint64_t ended(grpc::StatusCode code) const { return codes_[code].load(std::memory_order_relaxed); }
    /// Calls that took as long as class `i` of times says: not those of the classes below.
    uint64_t in_class(size_t i) const { return classes_[i].load(std::memory_order_relaxed); }
    /// The sum of all times.
    int64_t total_ns() const { return total_ns_.load(std::memory_order_relaxed); }

   private:
    const std::string name_;
    const google::protobuf::MethodDescriptor* const descriptor_;
    const bool is_unary_;
    std::atomic<uint64_t> begun_ = 0;
    std::array<std::atomic<uint64_t>, kCodes> codes_{};
    std::array<std::atomic<uint64_t>, kBoundsNs.size() + 1> classes_{};
    std::atomic<int64_t> total_ns_ = 0;
  };

  /// `services` are full names, "upyd.v1.InstanceService". Calls of others count as one method, "other": what clients
  /// may call things has no end.
  explicit CallStatistics(std::span<const char* const> services);

  /// By the path of a call: "/upyd.v1.InstanceService/ListInstances".
  Method& method(std::string_view path);
  /// All of them, sorted by name.
  std::vector<const Method*> methods() const;

 private:
  std::map<std::string, Method, std::less<>> methods_;  // by path
  Method other_{"other", nullptr};
};

}  // namespace upyd
