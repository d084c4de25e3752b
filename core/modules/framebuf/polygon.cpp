#include <functional>

#include "modules/framebuf/canvas.h"
#include "objects/model/buffer.h"
#include "objects/numbers/int.h"
#include "objects/strings/array_items.h"

namespace upy {

namespace {

/// The corners of a polygon, read from a buffer.
class Corners {
 public:
  explicit Corners(Value owner) : owner_(owner) {}
  Result<void> begin(Vm& vm) {
    buffer_ = TRY(get_buffer(vm, owner_));
    count_ = buffer_.size / (2 * item_size(buffer_.typecode));
    return {};
  }
  /// Looks where they are, after Python has run.
  Result<void> find(Vm& vm) {
    const size_t before = count_;
    TRY(begin(vm));
    if (count_ < before) return vm.raise(Error::corners_changed);
    count_ = before;
    return {};
  }
  size_t count() const { return count_; }
  /// TypeError if a coordinate is no integer.
  Result<Point> at(Vm& vm, size_t i) const { return Point{TRY(coordinate(vm, 2 * i)), TRY(coordinate(vm, 2 * i + 1))}; }
  /// Calls step(from, to) for the edges, each once: from the first corner to the last, from there to the one before it,
  /// and so on back to the first. May run no Python.
  template <typename Step>
  Result<void> each_edge(Vm& vm, Step step) const {
    Point from = TRY(at(vm, 0));
    for (size_t i = count_; i-- > 0;) {
      const Point to = TRY(at(vm, i));
      TRY(step(from, to));
      from = to;
      TRY(vm.poll_kill());
    }
    return {};
  }

 private:
  Result<int64_t> coordinate(Vm& vm, size_t i) const {
    const char* address = buffer_.data + i * item_size(buffer_.typecode);
    return std::clamp(TRY(to_int64(vm, TRY(load_item(vm, buffer_.typecode, address)))), -kFarthest, kFarthest);
  }

  Value owner_;
  Buffer buffer_;
  size_t count_ = 0;
};

/// Where the edges of a polygon cross a row: taken out from left to right. Few of them need no heap.
class Crossings {
 public:
  Result<void> begin(Vm& vm, size_t most) {
    if (most > std::size(few_)) {
      if (most > SIZE_MAX / sizeof(int64_t)) return vm.too_large(SIZE_MAX);
      many_ = TRY(vm.allocate_bytes(most * sizeof(int64_t)));
    }
    return {};
  }
  size_t size() const { return size_; }
  void add(int64_t x) {
    first()[size_++] = x;
    std::push_heap(first(), first() + size_, std::greater<>());
  }
  int64_t take() {
    std::pop_heap(first(), first() + size_, std::greater<>());
    return first()[--size_];
  }

 private:
  int64_t* first() { return many_ ? reinterpret_cast<int64_t*>(many_->data()) : few_; }

  int64_t few_[128];
  ByteStorage* many_ = nullptr;
  size_t size_ = 0;
};

Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }

Result<void> draw_outline(Vm& vm, Canvas& canvas, Point origin, Corners& corners, uint32_t color) {
  Point from = TRY(corners.at(vm, 0));
  for (size_t i = corners.count(); i-- > 0;) {
    const Point to = TRY(corners.at(vm, i));
    TRY(draw_line(vm, canvas, origin + from, origin + to, color));
    TRY(corners.find(vm));
    from = to;
  }
  return {};
}

template <typename Wide>
int64_t crossing_by(Point from, Point to, int64_t row) {
  const Wide part = Wide{32} * (to.x - from.x) * (row - from.y) / (to.y - from.y);
  return static_cast<int64_t>((Wide{32} * from.x + part + 16) / 32);
}

/// Where an edge meets a row that it crosses, to the nearest pixel.
int64_t crossing(Point from, Point to, int64_t row) {
  constexpr int64_t kNear = int64_t{1} << 27;  // whose products fit 64 bits, which divide far more quickly
  const auto is_near = [](Point point) { return std::max(std::abs(point.x), std::abs(point.y)) < kNear; };
  return is_near(from) && is_near(to) ? crossing_by<int64_t>(from, to, row) : crossing_by<__int128>(from, to, row);
}

/// Fills a row between the edges that cross it. Each edge counts without its lower end, so that corners do not count
/// twice; what that leaves out at the lowest corners is drawn by hand.
Result<void> fill_row(Vm& vm, Canvas& canvas, Point origin, const Corners& corners, int64_t row, Crossings& crossings,
                      uint32_t color) {
  TRY(corners.each_edge(vm, [&](Point from, Point to) -> Result<void> {
    if ((from.y > row) != (to.y > row)) {
      crossings.add(crossing(from, to, row));
    } else if (row == std::max(from.y, to.y)) {
      const Point low = from.y < to.y ? to : from;
      const int64_t other = from.y == to.y ? to.x : low.x;
      const int64_t left = std::min(low.x, other), width = std::max(low.x, other) - left + 1;
      const int64_t from_x = std::max<int64_t>(origin.x + left, 0);
      const int64_t end_x = std::min<int64_t>(origin.x + left + width, canvas.width());
      if (from_x < end_x)
        canvas.surface().fill(static_cast<uint32_t>(from_x), static_cast<uint32_t>(origin.y + row),
                              static_cast<uint32_t>(end_x - from_x), 1, color);
    }
    return {};
  }));
  while (crossings.size() >= 2) {
    const int64_t left = crossings.take(), right = crossings.take();
    TRY(fill_rect(vm, canvas, {origin.x + left, origin.y + row}, right - left + 1, 1, color));
  }
  return {};
}

Result<void> fill(Vm& vm, Canvas& canvas, Point origin, Corners& corners, uint32_t color) {
  int64_t top = INT64_MAX, bottom = INT64_MIN;
  TRY(corners.each_edge(vm, [&](Point, Point corner) -> Result<void> {
    top = std::min(top, corner.y);
    bottom = std::max(bottom, corner.y);
    return {};
  }));
  top = std::max(top, -origin.y);
  bottom = std::min(bottom, int64_t{canvas.height()} - 1 - origin.y);
  Crossings crossings;
  TRY(crossings.begin(vm, corners.count()));
  for (int64_t row = top; row <= bottom; row++) {
    TRY(fill_row(vm, canvas, origin, corners, row, crossings, color));
    TRY(canvas.look_up(vm));
    TRY(corners.find(vm));
  }
  return {};
}

}  // namespace

Result<void> draw_polygon(Vm& vm, Canvas& canvas, Point origin, Value owner, uint32_t color, Style style) {
  Corners corners(owner);
  TRY(corners.begin(vm));
  if (corners.count() == 0) return {};
  return style == Style::Filled ? fill(vm, canvas, origin, corners, color)
                                : draw_outline(vm, canvas, origin, corners, color);
}

}  // namespace upy
