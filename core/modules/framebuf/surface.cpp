#include "modules/framebuf/surface.h"

namespace upy {

namespace {

constexpr size_t round_up(size_t number, size_t unit) { return (number + unit - 1) / unit * unit; }

constexpr size_t bits_of(PixelFormat format) {
  switch (format) {
    case PixelFormat::Rgb565:
      return 16;
    case PixelFormat::Gs8:
      return 8;
    case PixelFormat::Gs4Hmsb:
      return 4;
    case PixelFormat::Gs2Hmsb:
      return 2;
    default:
      return 1;
  }
}

}  // namespace

PixelLayout PixelLayout::make(PixelFormat format, uint32_t width, uint32_t height, uint32_t stride) {
  const uint32_t unit = pixels::with(format, [](auto pixels) { return pixels.kRounding; });
  return {format, width, height, static_cast<uint32_t>(round_up(stride, unit))};
}

size_t PixelLayout::bytes() const {
  if (format == PixelFormat::MonoVlsb) return (round_up(height, 8) / 8 - 1) * stride + width;
  const size_t unit = pixels::with(format, [](auto pixels) { return pixels.kRounding; });
  return ((height - 1) * size_t{stride} + round_up(width, unit)) * bits_of(format) / 8;
}

void Surface::fill(uint32_t x, uint32_t y, uint32_t width, uint32_t height, uint32_t color) const {
  pixels::with(layout.format, [&](auto format) {
    for (uint32_t rows; height > 0; y += rows, height -= rows) {
      rows = std::min(height, format.kBand - y % format.kBand);
      format.fill(data, layout.stride, x, y, width, rows, color);
    }
  });
}

void Surface::read(uint32_t x, uint32_t y, std::span<uint16_t> colors) const {
  pixels::with(layout.format, [&](auto format) {
    for (uint32_t i = 0; i < colors.size(); i++)
      colors[i] = static_cast<uint16_t>(format.get(data, layout.stride, x + i, y));
  });
}

void Surface::write(uint32_t x, uint32_t y, std::span<const uint16_t> colors) const {
  pixels::with(layout.format, [&](auto format) {
    for (uint32_t i = 0; i < colors.size(); i++) format.set(data, layout.stride, x + i, y, colors[i]);
  });
}

}  // namespace upy
