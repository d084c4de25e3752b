#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

/// Pictures in memory: how pixels of each format lie, and how they are read and written.
namespace upy {

/// The formats, by the numbers that scripts know them by.
enum class PixelFormat : uint8_t {
  MonoVlsb = 0,  ///< a byte is a column of eight, bit 0 on top
  Rgb565 = 1,    ///< 16 bits in the machine's byte order
  Gs4Hmsb = 2,   ///< two in a byte, the left one high
  MonoHlsb = 3,  ///< eight in a byte, the leftmost one highest
  MonoHmsb = 4,  ///< eight in a byte, the leftmost one lowest
  Gs2Hmsb = 5,   ///< four in a byte, the leftmost one lowest
  Gs8 = 6,
};
inline constexpr int64_t kPixelFormats = 7;

namespace pixels {

// Each format is a struct of the same functions, which know nothing of a picture's borders. `stride` is the distance of
// rows in pixels, whole bytes. A band is what rows share bytes: only rows of one band are filled at once.

enum class First : uint8_t { High, Low };

/// Pixels of some bits side by side in bytes.
template <uint32_t kBits, First kFirst>
struct Packed {
  static constexpr uint32_t kPerByte = 8 / kBits, kMask = (1u << kBits) - 1, kBand = 1;
  static constexpr uint32_t kRounding = kPerByte;  ///< a row takes a multiple of so many pixels

  static constexpr uint32_t code(uint32_t color) { return kBits == 1 ? color != 0 : color & kMask; }
  static constexpr uint32_t shift(uint32_t x) {
    const uint32_t place = x % kPerByte;
    return kBits * (kFirst == First::High ? kPerByte - 1 - place : place);
  }
  static uint8_t& byte(uint8_t* data, size_t stride, uint32_t x, uint32_t y) {
    return data[(y * stride + x) / kPerByte];
  }

  static uint32_t get(uint8_t* data, size_t stride, uint32_t x, uint32_t y) {
    return byte(data, stride, x, y) >> shift(x) & kMask;
  }
  static void set(uint8_t* data, size_t stride, uint32_t x, uint32_t y, uint32_t color) {
    uint8_t& target = byte(data, stride, x, y);
    target = static_cast<uint8_t>((target & ~(kMask << shift(x))) | code(color) << shift(x));
  }
  static void fill(uint8_t* data, size_t stride, uint32_t x, uint32_t y, uint32_t width, uint32_t, uint32_t color) {
    const uint8_t pattern = static_cast<uint8_t>(code(color) * (0xff / kMask));
    uint8_t *first = &byte(data, stride, x, y), *last = &byte(data, stride, x + width - 1, y);
    const uint32_t head = from(x), tail = up_to(x + width - 1);
    if (first == last) return blend(*first, pattern, head & tail);
    blend(*first, pattern, head);
    std::memset(first + 1, pattern, static_cast<size_t>(last - first - 1));
    blend(*last, pattern, tail);
  }

 private:
  /// The bits of a byte from that pixel on, and up to it.
  static constexpr uint32_t from(uint32_t x) {
    const uint32_t before = x % kPerByte * kBits;
    return kFirst == First::High ? 0xff >> before : 0xff << before & 0xff;
  }
  static constexpr uint32_t up_to(uint32_t x) {
    const uint32_t through = (x % kPerByte + 1) * kBits;
    return ~(kFirst == First::High ? 0xff >> through : 0xff << through) & 0xff;
  }
  static void blend(uint8_t& target, uint8_t pattern, uint32_t bits) {
    target = static_cast<uint8_t>((target & ~bits) | (pattern & bits));
  }
};

using MonoHlsb = Packed<1, First::High>;
using MonoHmsb = Packed<1, First::Low>;
using Gs2Hmsb = Packed<2, First::Low>;
using Gs4Hmsb = Packed<4, First::High>;
using Gs8 = Packed<8, First::High>;

struct MonoVlsb {
  static constexpr uint32_t kBand = 8, kRounding = 1;
  static uint32_t code(uint32_t color) { return color != 0; }
  static uint8_t* at(uint8_t* data, size_t stride, uint32_t x, uint32_t y) { return data + y / 8 * stride + x; }
  static uint32_t get(uint8_t* data, size_t stride, uint32_t x, uint32_t y) {
    return *at(data, stride, x, y) >> y % 8 & 1;
  }
  static void set(uint8_t* data, size_t stride, uint32_t x, uint32_t y, uint32_t color) {
    uint8_t* target = at(data, stride, x, y);
    *target = static_cast<uint8_t>((*target & ~(1u << y % 8)) | code(color) << y % 8);
  }
  static void fill(uint8_t* data, size_t stride, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                   uint32_t color) {
    const uint32_t bits = (0xffu << y % 8) & (0xffu >> (7 - (y + height - 1) % 8));
    const auto keep = static_cast<uint8_t>(~bits), add = static_cast<uint8_t>(color ? bits : 0);
    uint8_t* target = at(data, stride, x, y);
    for (uint32_t i = 0; i < width; i++) target[i] = static_cast<uint8_t>((target[i] & keep) | add);
  }
};

struct Rgb565 {
  static constexpr uint32_t kBand = 1, kRounding = 1;
  static uint32_t code(uint32_t color) { return color & 0xffff; }
  static uint8_t* at(uint8_t* data, size_t stride, uint32_t x, uint32_t y) { return data + (y * stride + x) * 2; }
  static uint32_t get(uint8_t* data, size_t stride, uint32_t x, uint32_t y) {
    uint16_t color;
    std::memcpy(&color, at(data, stride, x, y), sizeof color);
    return color;
  }
  static void set(uint8_t* data, size_t stride, uint32_t x, uint32_t y, uint32_t color) {
    const auto word = static_cast<uint16_t>(color);
    std::memcpy(at(data, stride, x, y), &word, sizeof word);
  }
  static void fill(uint8_t* data, size_t stride, uint32_t x, uint32_t y, uint32_t width, uint32_t, uint32_t color) {
    const auto word = static_cast<uint16_t>(color);
    uint8_t* target = at(data, stride, x, y);
    for (uint32_t i = 0; i < width; i++) std::memcpy(target + size_t{i} * 2, &word, sizeof word);
  }
};

/// use(format), with the struct of that format.
template <typename Use>
auto with(PixelFormat format, Use use) {
  switch (format) {
    case PixelFormat::MonoVlsb:
      return use(MonoVlsb());
    case PixelFormat::Rgb565:
      return use(Rgb565());
    case PixelFormat::Gs4Hmsb:
      return use(Gs4Hmsb());
    case PixelFormat::MonoHlsb:
      return use(MonoHlsb());
    case PixelFormat::MonoHmsb:
      return use(MonoHmsb());
    case PixelFormat::Gs2Hmsb:
      return use(Gs2Hmsb());
    default:
      return use(Gs8());
  }
}

}  // namespace pixels

/// The size of a picture, and how its pixels lie.
struct PixelLayout {
  static constexpr int64_t kMaxSide = 0xffff;
  PixelFormat format;
  uint32_t width, height;  ///< 1 to kMaxSide
  uint32_t stride;         ///< pixels from one row to the next: at least the width, whole bytes
  /// A layout whose stride is rounded up to whole bytes.
  static PixelLayout make(PixelFormat format, uint32_t width, uint32_t height, uint32_t stride);
  /// Where the last pixel's byte ends: what a buffer must have.
  size_t bytes() const;
};

/// A picture: its layout, and where its pixels are now. Coordinates must lie inside.
struct Surface {
  PixelLayout layout;
  uint8_t* data;

  uint32_t get(uint32_t x, uint32_t y) const {
    return pixels::with(layout.format, [&](auto format) { return format.get(data, layout.stride, x, y); });
  }
  void set(uint32_t x, uint32_t y, uint32_t color) const {
    pixels::with(layout.format, [&](auto format) { format.set(data, layout.stride, x, y, color); });
  }
  bool has(int64_t x, int64_t y) const { return x >= 0 && x < layout.width && y >= 0 && y < layout.height; }
  /// The same of a pixel that may lie outside, for a loop in which the format is known.
  template <typename Format>
  void set_if_inside(int64_t x, int64_t y, uint32_t color) const {
    if (has(x, y)) Format::set(data, layout.stride, static_cast<uint32_t>(x), static_cast<uint32_t>(y), color);
  }
  /// Fills a rectangle of at least one pixel.
  void fill(uint32_t x, uint32_t y, uint32_t width, uint32_t height, uint32_t color) const;
  /// Reads and writes some pixels of a row.
  void read(uint32_t x, uint32_t y, std::span<uint16_t> colors) const;
  void write(uint32_t x, uint32_t y, std::span<const uint16_t> colors) const;
};

}  // namespace upy
