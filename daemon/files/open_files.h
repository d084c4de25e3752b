#pragma once

#include <cstdint>
#include <optional>
#include <utility>

namespace upyd {

/// The files that an instance has open, of which there are so many at most. The instance's thread only; outlives them.
class OpenFiles {
 public:
  explicit OpenFiles(uint32_t most) : most_(most) {}

  /// Room for one open file, given back by its destructor or `release`.
  class Place {
   public:
    explicit Place(OpenFiles& files) : files_(&files) { ++files.open_; }
    Place(Place&& other) noexcept : files_(std::exchange(other.files_, nullptr)) {}
    ~Place() { release(); }
    void release() {
      if (files_) --std::exchange(files_, nullptr)->open_;
    }

   private:
    OpenFiles* files_;
  };

  /// Nothing when as many are open as may be.
  std::optional<Place> take_place() {
    if (open_ >= most_) return std::nullopt;
    return Place(*this);
  }
  uint32_t most() const { return most_; }

 private:
  const uint32_t most_;
  uint32_t open_ = 0;
};

}  // namespace upyd
