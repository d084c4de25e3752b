#pragma once

#include "modules/framebuf/surface.h"
#include "objects/runtime/vm.h"

/// What is drawn on frame buffers. Coordinates may lie anywhere; what is outside is left out, at no cost.
namespace upy {

/// A picture in the buffer of an object.
struct Picture {
  Value buffer;
  PixelLayout layout;
};

/// A picture that is being read or drawn on. Where its pixels are is asked of the buffer's owner, and asked again
/// whenever Python may have run.
class Canvas {
 public:
  enum class Access : uint8_t { Read, Write };
  Canvas() = default;
  Canvas(const Picture& picture, Access access)
      : picture_(&picture), access_(access), surface_{picture.layout, nullptr} {}
  /// Looks where the pixels are. ValueError if the buffer has become too small.
  Result<void> find(Vm& vm);
  /// The same after callbacks and interrupts had their turn, if any wait: to be called at each row or the like.
  Result<void> look_up(Vm& vm) {
    if (!vm.reasons.load(std::memory_order_relaxed)) [[likely]]
      return {};
    TRY(vm.poll());
    return find(vm);
  }
  const Surface& surface() const { return surface_; }
  uint32_t width() const { return surface_.layout.width; }
  uint32_t height() const { return surface_.layout.height; }

 private:
  const Picture* picture_ = nullptr;
  Access access_ = Access::Read;
  Surface surface_{};
};

/// A coordinate or a length from a script; numbers beyond count as this far away.
inline constexpr int64_t kFarthest = int64_t{1} << 40;

struct Point {
  int64_t x, y;
};

Result<void> fill_rect(Vm& vm, Canvas& canvas, Point corner, int64_t width, int64_t height, uint32_t color);
/// The outline of a rectangle.
Result<void> draw_rect(Vm& vm, Canvas& canvas, Point corner, int64_t width, int64_t height, uint32_t color);
Result<void> draw_line(Vm& vm, Canvas& canvas, Point from, Point to, uint32_t color);

/// An ellipse, or some of its quadrants: bit 0 stands for the one at the top right, the others follow counterclockwise.
struct Ellipse {
  Point center;
  int64_t x_radius, y_radius;
  uint32_t quadrants;
};
enum class Style : uint8_t { Outline, Filled };
Result<void> draw_ellipse(Vm& vm, Canvas& canvas, const Ellipse& ellipse, uint32_t color, Style style);

/// A polygon whose corners, x and y by turns, are the items of a buffer; an odd one at the end is left out.
/// RuntimeError if the buffer becomes smaller meanwhile.
Result<void> draw_polygon(Vm& vm, Canvas& canvas, Point origin, Value corners, uint32_t color, Style style);

/// Text in letters of 8 by 8 pixels, one for each character (of bytes, for each byte); an object that Text takes.
Result<void> draw_text(Vm& vm, Canvas& canvas, Value text, Point corner, uint32_t color);

/// Moves all pixels. Those that nothing moves to stay as they are.
Result<void> scroll(Vm& vm, Canvas& canvas, int64_t x_step, int64_t y_step);

/// How the pixels of a picture are turned into those of another.
struct Translation {
  int64_t transparent;  ///< the color that is left out, as it is after the palette; none if it is negative
  Canvas* palette;      ///< colors by number, in its first row; null: colors are taken as they are
};
Result<void> blit(Vm& vm, Canvas& canvas, Canvas& source, Point corner, const Translation& translation);

}  // namespace upy
