#include "modules/framebuf/canvas.h"

#include <array>

#include "modules/framebuf/font.h"
#include "objects/model/buffer.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/strings/text.h"

namespace upy {

Result<void> Canvas::find(Vm& vm) {
  const Buffer buffer =
      TRY(access_ == Access::Write ? get_writable_buffer(vm, picture_->buffer) : get_buffer(vm, picture_->buffer));
  const size_t needed = picture_->layout.bytes();
  if (buffer.size < needed) return vm.raise(Error::picture_too_large, {needed, buffer.size});
  surface_.data = reinterpret_cast<uint8_t*>(buffer.data);
  return {};
}

namespace {

/// How many pixels are filled between two looks for interrupts.
constexpr int64_t kPixelsAtOnce = 64 << 10;

uint32_t pixel(int64_t coordinate) { return static_cast<uint32_t>(coordinate); }

}  // namespace

// ---- rectangles and lines ----

Result<void> fill_rect(Vm& vm, Canvas& canvas, Point corner, int64_t width, int64_t height, uint32_t color) {
  const int64_t left = std::max<int64_t>(corner.x, 0), top = std::max<int64_t>(corner.y, 0);
  const int64_t right = std::min<int64_t>(corner.x + width, canvas.width());
  const int64_t bottom = std::min<int64_t>(corner.y + height, canvas.height());
  if (left >= right) return {};
  const int64_t rows_at_once = std::max<int64_t>(kPixelsAtOnce / (right - left), 1);
  for (int64_t y = top; y < bottom; y += rows_at_once) {
    canvas.surface().fill(pixel(left), pixel(y), pixel(right - left), pixel(std::min(rows_at_once, bottom - y)), color);
    TRY(canvas.look_up(vm));
  }
  return {};
}

Result<void> draw_rect(Vm& vm, Canvas& canvas, Point corner, int64_t width, int64_t height, uint32_t color) {
  TRY(fill_rect(vm, canvas, corner, width, 1, color));
  TRY(fill_rect(vm, canvas, {corner.x, corner.y + height - 1}, width, 1, color));
  TRY(fill_rect(vm, canvas, corner, 1, height, color));
  return fill_rect(vm, canvas, {corner.x + width - 1, corner.y}, 1, height, color);
}

namespace {

/// Where a line is along the axis on which it is longer, and across it. Its pixel i is i steps along, and across as
/// many as come nearest.
struct Slope {
  int64_t length, across;  ///< neither is negative; length is the larger one
  int64_t offset(int64_t i) const {
    if (length == 0) return 0;
    return static_cast<int64_t>((__int128{2} * across * i + length) / (__int128{2} * length));
  }
};

/// The steps of a line whose coordinate, going from `start` in steps of `sign`, is in [0, limit).
struct Steps {
  int64_t first, last;
  Steps(int64_t start, int64_t sign, int64_t length, int64_t limit) {
    first = std::max<int64_t>(0, sign > 0 ? -start : start - limit + 1);
    last = std::min<int64_t>(length, sign > 0 ? limit - 1 - start : start);
  }
};

enum class Axis : uint8_t { X, Y };

/// Some steps of a line along that axis.
template <typename Format, Axis kAxis>
void draw_steps(const Surface& surface, Point from, Point sign, const Slope& slope, const Steps& steps,
                uint32_t color) {
  int64_t offset = slope.offset(steps.first);
  // What is missing to the next step across, as Bresenham has it.
  auto error = static_cast<int64_t>(__int128{2} * slope.across * (steps.first + 1) - slope.length -
                                    __int128{2} * slope.length * offset);
  for (int64_t i = steps.first; i <= steps.last; i++) {
    const int64_t x = from.x + sign.x * (kAxis == Axis::X ? i : offset),
                  y = from.y + sign.y * (kAxis == Axis::X ? offset : i);
    surface.set_if_inside<Format>(x, y, color);
    if (error >= 0) {
      offset++;
      error -= 2 * slope.length;
    }
    error += 2 * slope.across;
  }
}

}  // namespace

Result<void> draw_line(Vm& vm, Canvas& canvas, Point from, Point to, uint32_t color) {
  const int64_t dx = to.x - from.x, dy = to.y - from.y;
  const Point sign{dx > 0 ? 1 : -1, dy > 0 ? 1 : -1};
  const int64_t width = std::abs(dx), height = std::abs(dy);
  const bool is_steep = height > width;
  const Slope slope = is_steep ? Slope{height, width} : Slope{width, height};
  const Steps steps =
      is_steep ? Steps(from.y, sign.y, height, canvas.height()) : Steps(from.x, sign.x, width, canvas.width());
  pixels::with(canvas.surface().layout.format, [&](auto format) {
    using Format = decltype(format);
    if (is_steep)
      draw_steps<Format, Axis::Y>(canvas.surface(), from, sign, slope, steps, color);
    else
      draw_steps<Format, Axis::X>(canvas.surface(), from, sign, slope, steps, color);
  });
  return canvas.look_up(vm);
}

// ---- ellipses ----

namespace {

/// The arc of an ellipse from the end of its first axis to where the tangent has an angle of 45 degrees: it goes in
/// steps along the second axis. draw(along the first axis, along the second one).
template <typename Draw>
Result<void> draw_arc(int64_t first_radius, int64_t second_radius, Draw draw) {
  const __int128 first_square = __int128{first_radius} * first_radius;
  const __int128 second_square = __int128{second_radius} * second_radius;
  int64_t first = first_radius, second = 0;
  __int128 first_slope = second_square * first_radius, second_slope = 0;
  __int128 error = 0;  // how far (first, second) lies outside of the ellipse, times both squares
  __int128 first_change = second_square - 2 * first_slope, second_change = first_square;
  while (first_slope >= second_slope) {
    TRY(draw(first, second));
    second++;
    second_slope += first_square;
    error += second_change;
    second_change += 2 * first_square;
    if (2 * error + first_change > 0) {
      first--;
      first_slope -= second_square;
      error += first_change;
      first_change += 2 * second_square;
    }
  }
  return {};
}

/// draw(distance from the center) for a quarter of an ellipse.
template <typename Draw>
Result<void> draw_quarter(const Ellipse& ellipse, Draw draw) {
  if (ellipse.x_radius == 0 && ellipse.y_radius == 0) return draw({0, 0});
  TRY(draw_arc(ellipse.x_radius, ellipse.y_radius, [&](int64_t x, int64_t y) { return draw({x, y}); }));
  return draw_arc(ellipse.y_radius, ellipse.x_radius, [&](int64_t y, int64_t x) { return draw({x, y}); });
}

/// The quadrants in the order of their bits: which way x and y go there.
constexpr Point kQuadrants[] = {{1, -1}, {-1, -1}, {-1, 1}, {1, 1}};

template <typename Format>
void draw_points(const Surface& surface, const Ellipse& ellipse, Point distance, uint32_t color) {
  for (uint32_t i = 0; i < std::size(kQuadrants); i++) {
    if (!(ellipse.quadrants >> i & 1)) continue;
    surface.set_if_inside<Format>(ellipse.center.x + kQuadrants[i].x * distance.x,
                                  ellipse.center.y + kQuadrants[i].y * distance.y, color);
  }
}

/// A row of pixels of that length beside the vertical axis and on it: on the right, if bit 0 of `sides` is set, and on
/// the left, if bit 1 is.
Result<void> fill_row(Vm& vm, Canvas& canvas, Point axis, int64_t length, uint32_t sides, uint32_t color) {
  const int64_t from = sides & 2 ? axis.x - length : axis.x, to = sides & 1 ? axis.x + length : axis.x;
  return sides ? fill_rect(vm, canvas, {from, axis.y}, to - from + 1, 1, color) : Result<void>();
}

}  // namespace

Result<void> draw_ellipse(Vm& vm, Canvas& canvas, const Ellipse& ellipse, uint32_t color, Style style) {
  if (ellipse.x_radius < 0 || ellipse.y_radius < 0) return {};
  if (style == Style::Filled) {
    const Point center = ellipse.center;
    const uint32_t above = ellipse.quadrants & 3;
    const uint32_t below = (ellipse.quadrants >> 3 & 1) | (ellipse.quadrants >> 1 & 2);
    return draw_quarter(ellipse, [&](Point distance) -> Result<void> {
      TRY(fill_row(vm, canvas, {center.x, center.y - distance.y}, distance.x, above, color));
      TRY(fill_row(vm, canvas, {center.x, center.y + distance.y}, distance.x, below, color));
      return canvas.look_up(vm);
    });
  }
  return pixels::with(canvas.surface().layout.format, [&](auto format) {
    return draw_quarter(ellipse, [&](Point distance) -> Result<void> {
      draw_points<decltype(format)>(canvas.surface(), ellipse, distance, color);
      return canvas.look_up(vm);
    });
  });
}

// ---- text ----

namespace {

template <typename Format>
void draw_letter(const Surface& surface, const Letter& letter, Point corner, uint32_t color) {
  const int64_t first = std::max<int64_t>(-corner.y, 0);
  const int64_t end = std::min<int64_t>(surface.layout.height - corner.y, kLetterSide);
  const int64_t room = surface.layout.width - corner.x;  // at least one pixel
  const uint32_t visible =
      (corner.x < 0 ? 0xffu << -corner.x : 0xffu) & (room < kLetterSide ? (1u << room) - 1 : 0xffu);
  for (int64_t row = first; row < end; row++) {
    for (uint32_t bits = letter.rows[row] & visible; bits; bits &= bits - 1)
      Format::set(surface.data, surface.layout.stride, pixel(corner.x + __builtin_ctz(bits)), pixel(corner.y + row),
                  color);
  }
}

template <typename Format>
Result<void> draw_letters(Vm& vm, Canvas& canvas, const Text& text, Point corner, uint32_t color) {
  size_t at = 0;
  for (int64_t x = corner.x; x < canvas.width(); x += kLetterSide) {
    const std::string_view all = text.view();
    if (at >= all.size()) break;
    if (x > -kLetterSide) draw_letter<Format>(canvas.surface(), letter_of(all[at]), {x, corner.y}, color);
    at += text.is_str() ? sequence_length(all[at]) : 1;
    TRY(canvas.look_up(vm));
  }
  return {};
}

}  // namespace

Result<void> draw_text(Vm& vm, Canvas& canvas, Value text, Point corner, uint32_t color) {
  return pixels::with(canvas.surface().layout.format, [&](auto format) {
    return draw_letters<decltype(format)>(vm, canvas, Text(text), corner, color);
  });
}

// ---- moving pixels ----

namespace {

/// Pixels on their way from one place to another.
using Chunk = std::array<uint16_t, 256>;

/// Where a scroll moves pixels to on one axis: those from `first` to `end`, `step` away from where they were.
struct Move {
  int64_t step, first, end;
  Move(int64_t step, int64_t size) : step(step), first(std::max<int64_t>(step, 0)), end(std::min(size, size + step)) {}
  /// The i-th of `count` steps in the order in which nothing is overwritten before it was moved.
  int64_t in_order(int64_t i, int64_t count) const { return step > 0 ? count - 1 - i : i; }
};

void move_row(const Surface& surface, const Move& columns, uint32_t from, uint32_t to) {
  constexpr auto kSize = static_cast<int64_t>(Chunk().size());
  Chunk chunk;
  const int64_t chunks = (columns.end - columns.first + kSize - 1) / kSize;
  for (int64_t i = 0; i < chunks; i++) {
    const int64_t x = columns.first + columns.in_order(i, chunks) * kSize;
    const std::span part(chunk.data(), static_cast<size_t>(std::min(kSize, columns.end - x)));
    surface.read(pixel(x - columns.step), from, part);
    surface.write(pixel(x), to, part);
  }
}

}  // namespace

Result<void> scroll(Vm& vm, Canvas& canvas, int64_t x_step, int64_t y_step) {
  const Move columns(x_step, canvas.width()), rows(y_step, canvas.height());
  const int64_t count = rows.end - rows.first;
  for (int64_t i = 0; i < count; i++) {
    const int64_t y = rows.first + rows.in_order(i, count);
    move_row(canvas.surface(), columns, pixel(y - y_step), pixel(y));
    TRY(canvas.look_up(vm));
  }
  return {};
}

namespace {

Result<void> apply_palette(Vm& vm, const Surface& palette, std::span<uint16_t> colors) {
  for (uint16_t& color : colors) {
    if (color >= palette.layout.width) return vm.raise(Error::palette_too_small, {color, palette.layout.width});
    color = static_cast<uint16_t>(palette.get(color, 0));
  }
  return {};
}

void write_visible(const Surface& surface, uint32_t x, uint32_t y, std::span<const uint16_t> colors,
                   int64_t transparent) {
  if (transparent < 0) return surface.write(x, y, colors);
  pixels::with(surface.layout.format, [&](auto format) {
    for (uint32_t i = 0; i < colors.size(); i++)
      if (colors[i] != transparent) format.set(surface.data, surface.layout.stride, x + i, y, colors[i]);
  });
}

}  // namespace

Result<void> blit(Vm& vm, Canvas& canvas, Canvas& source, Point corner, const Translation& translation) {
  const int64_t left = std::max<int64_t>(corner.x, 0), top = std::max<int64_t>(corner.y, 0);
  const int64_t right = std::min<int64_t>(corner.x + source.width(), canvas.width());
  const int64_t bottom = std::min<int64_t>(corner.y + source.height(), canvas.height());
  Chunk chunk;
  for (int64_t y = top; y < bottom; y++) {
    for (int64_t x = left; x < right; x += static_cast<int64_t>(chunk.size())) {
      const std::span part(chunk.data(), std::min(chunk.size(), static_cast<size_t>(right - x)));
      source.surface().read(pixel(x - corner.x), pixel(y - corner.y), part);
      if (translation.palette) TRY(apply_palette(vm, translation.palette->surface(), part));
      write_visible(canvas.surface(), pixel(x), pixel(y), part, translation.transparent);
    }
    TRY(canvas.look_up(vm));
    TRY(source.find(vm));
    if (translation.palette) TRY(translation.palette->find(vm));
  }
  return {};
}

}  // namespace upy
