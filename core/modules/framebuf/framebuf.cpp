#include <algorithm>
#include <array>

#include "modules/framebuf/canvas.h"
#include "modules/modules.h"
#include "objects/containers/list.h"
#include "objects/containers/sequence.h"
#include "objects/containers/tuple.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/strings/memoryview.h"
#include "objects/strings/text.h"

/// framebuf: pictures in the memory of a bytearray or the like, to be sent to displays.
namespace upy {

namespace {

extern const Type frame_buffer_type;

/// The buffer of its picture is no FrameBuffer and no view of one, however a script nests them.
struct FrameBuffer : Object {
  Picture picture;
};

FrameBuffer* self_of(Value value) { return static_cast<FrameBuffer*>(value.as_object()); }

// ---- arguments; each may run Python, so all are taken before anything is drawn ----

Result<uint32_t> color_of(Vm& vm, Value value) {
  if (value.is_small_int()) [[likely]]
    return static_cast<uint32_t>(value.as_small_int());
  return static_cast<uint32_t>(TRY(to_bits64(vm, value)));
}

/// Coordinates and lengths, from argument 1 on.
template <size_t kCount>
Result<std::array<int64_t, kCount>> numbers_of(Vm& vm, Args args) {
  std::array<int64_t, kCount> numbers{};
  for (uint32_t i = 0; i < kCount; i++) numbers[i] = std::clamp(TRY(to_int64(vm, args[i + 1])), -kFarthest, kFarthest);
  return numbers;
}

Result<Style> style_of(Vm& vm, Value filled) {
  return filled && TRY(truth(vm, filled)) ? Style::Filled : Style::Outline;
}

/// The frame buffer that a method draws on.
Result<Canvas> canvas_of(Vm& vm, Args args) {
  Canvas canvas(self_of(args[0])->picture, Canvas::Access::Write);
  TRY(canvas.find(vm));
  return canvas;
}

Result<Value> done(Result<void> drawn) { return drawn ? Result<Value>(Value::none()) : Failure(); }

// ---- making ----

/// The object that has the bytes which `value` shows; see FrameBuffer.
Result<Value> buffer_behind(Vm& vm, Value value) {
  if (auto* other = as<FrameBuffer>(value, frame_buffer_type)) return other->picture.buffer;
  auto* view = as<MemoryView>(value, memoryview_type);
  auto* shown = view ? as<FrameBuffer>(view->owner, frame_buffer_type) : nullptr;
  if (!shown) return native_of(value);
  const Value buffer = shown->picture.buffer;
  auto* inner = as<MemoryView>(buffer, memoryview_type);
  if (!inner) return TRY(MemoryView::make(vm, buffer, view->offset, view->count, view->typecode));
  const size_t size = inner->count * inner->item_size;
  const size_t offset = std::min(view->offset, size);
  return TRY(MemoryView::make(vm, inner->owner, inner->offset + offset,
                              std::min(view->count, (size - offset) / view->item_size), view->typecode));
}

/// The picture that (buffer, width, height, format[, stride]) stand for.
Result<Picture> picture_of(Vm& vm, Args args, Canvas::Access access) {
  const int64_t width = TRY(to_int64(vm, args[1])), height = TRY(to_int64(vm, args[2]));
  const int64_t format = TRY(to_int64(vm, args[3]));
  const int64_t stride = args.size() > 4 ? TRY(to_int64(vm, args[4])) : width;
  if (format < 0 || format >= kPixelFormats) return vm.raise(Error::bad_pixel_format);
  constexpr int64_t kMax = PixelLayout::kMaxSide;
  if (width < 1 || height < 1 || width > kMax || height > kMax) return vm.raise(Error::bad_picture_size, {kMax});
  if (stride < width || stride > kMax) return vm.raise(Error::bad_stride, {kMax});
  const Picture picture{TRY(buffer_behind(vm, args[0])),
                        PixelLayout::make(static_cast<PixelFormat>(format), static_cast<uint32_t>(width),
                                          static_cast<uint32_t>(height), static_cast<uint32_t>(stride))};
  TRY(Canvas(picture, access).find(vm));
  return picture;
}

/// FrameBuffer(buffer, width, height, format, stride=width).
Result<Value> frame_buffer_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 4, 5));
  const Picture picture = TRY(picture_of(vm, args, Canvas::Access::Write));
  auto* self = TRY(vm.allocate<FrameBuffer>(frame_buffer_type));
  self->picture = picture;
  return self;
}

/// FrameBuffer1(buffer, width, height, stride=width): one of the format MONO_VLSB.
Result<Value> frame_buffer_1(Vm& vm, Args args) {
  const Value all[] = {args[0], args[1], args[2], Value::small_int(static_cast<int64_t>(PixelFormat::MonoVlsb)),
                       args.size() > 3 ? args[3] : args[1]};
  return frame_buffer_construct(vm, &frame_buffer_type, Args(all, std::size(all)));
}

bool frame_buffer_buffer(Value self, Buffer& buffer) { return find_buffer(self_of(self)->picture.buffer, buffer); }

void trace(Object* object, Marker& marker) { marker.mark(static_cast<FrameBuffer*>(object)->picture.buffer); }

// ---- methods ----

Result<Value> frame_buffer_fill(Vm& vm, Args args) {
  const uint32_t color = TRY(color_of(vm, args[1]));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(fill_rect(vm, canvas, {0, 0}, canvas.width(), canvas.height(), color));
}

/// fill_rect(x, y, width, height, color).
Result<Value> frame_buffer_fill_rect(Vm& vm, Args args) {
  const auto [x, y, width, height] = TRY(numbers_of<4>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[5]));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(fill_rect(vm, canvas, {x, y}, width, height, color));
}

/// pixel(x, y[, color]): without a color, answers the one that is there; None outside.
Result<Value> frame_buffer_pixel(Vm& vm, Args args) {
  const auto [x, y] = TRY(numbers_of<2>(vm, args));
  const uint32_t color = args.size() > 3 ? TRY(color_of(vm, args[3])) : 0;
  Canvas canvas = TRY(canvas_of(vm, args));
  if (!canvas.surface().has(x, y)) return Value::none();
  if (args.size() == 3)
    return Value::small_int(canvas.surface().get(static_cast<uint32_t>(x), static_cast<uint32_t>(y)));
  canvas.surface().set(static_cast<uint32_t>(x), static_cast<uint32_t>(y), color);
  return Value::none();
}

/// hline(x, y, width, color), vline(x, y, height, color).
Result<Value> frame_buffer_hline(Vm& vm, Args args) {
  const auto [x, y, width] = TRY(numbers_of<3>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[4]));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(fill_rect(vm, canvas, {x, y}, width, 1, color));
}
Result<Value> frame_buffer_vline(Vm& vm, Args args) {
  const auto [x, y, height] = TRY(numbers_of<3>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[4]));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(fill_rect(vm, canvas, {x, y}, 1, height, color));
}

/// rect(x, y, width, height, color[, filled]).
Result<Value> frame_buffer_rect(Vm& vm, Args args) {
  const auto [x, y, width, height] = TRY(numbers_of<4>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[5]));
  const Style style = TRY(style_of(vm, args.at(6)));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(style == Style::Filled ? fill_rect(vm, canvas, {x, y}, width, height, color)
                                     : draw_rect(vm, canvas, {x, y}, width, height, color));
}

/// line(x1, y1, x2, y2, color).
Result<Value> frame_buffer_line(Vm& vm, Args args) {
  const auto [x1, y1, x2, y2] = TRY(numbers_of<4>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[5]));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(draw_line(vm, canvas, {x1, y1}, {x2, y2}, color));
}

/// ellipse(x, y, x_radius, y_radius, color[, filled[, quadrants]]).
Result<Value> frame_buffer_ellipse(Vm& vm, Args args) {
  const auto [x, y, x_radius, y_radius] = TRY(numbers_of<4>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[5]));
  const Style style = TRY(style_of(vm, args.at(6)));
  const uint32_t quadrants = args.size() > 7 ? static_cast<uint32_t>(TRY(to_int64(vm, args[7]))) : 0xf;
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(draw_ellipse(vm, canvas, {{x, y}, x_radius, y_radius, quadrants}, color, style));
}

/// poly(x, y, corners, color[, filled]): the corners are an array of x and y by turns.
Result<Value> frame_buffer_poly(Vm& vm, Args args) {
  const auto [x, y] = TRY(numbers_of<2>(vm, args));
  const uint32_t color = TRY(color_of(vm, args[4]));
  const Style style = TRY(style_of(vm, args.at(5)));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(draw_polygon(vm, canvas, {x, y}, args[3], color, style));
}

/// text(string, x, y[, color]).
Result<Value> frame_buffer_text(Vm& vm, Args args) {
  if (!Text::is_text(args[1])) return vm.raise(Error::cant_convert_implicitly, {type_of(args[1]), "str"});
  const auto [x, y] = TRY(numbers_of<2>(vm, args.skip(1)));
  const uint32_t color = args.size() > 4 ? TRY(color_of(vm, args[4])) : 1;
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(draw_text(vm, canvas, native_of(args[1]), {x, y}, color));
}

/// scroll(x_step, y_step).
Result<Value> frame_buffer_scroll(Vm& vm, Args args) {
  const auto [x_step, y_step] = TRY(numbers_of<2>(vm, args));
  Canvas canvas = TRY(canvas_of(vm, args));
  return done(scroll(vm, canvas, x_step, y_step));
}

/// What can be drawn on a frame buffer: another one, or a tuple or list of what one is made of.
Result<Picture> source_of(Vm& vm, Value value) {
  if (auto* other = as<FrameBuffer>(value, frame_buffer_type)) return other->picture;
  const Value native = native_of(value);
  if (!is_exactly(native, list_type) && !is_subtype(type_of(native), &tuple_type))
    return vm.raise(Error::cant_convert_implicitly, {type_of(value), &frame_buffer_type});
  const std::span<const Value> items = items_of(native);
  Value parts[5];
  if (items.size() < 4 || items.size() > std::size(parts)) return vm.raise(Error::bad_picture_tuple);
  std::copy(items.begin(), items.end(), parts);
  return picture_of(vm, Args(parts, static_cast<uint32_t>(items.size())), Canvas::Access::Read);
}

/// blit(source, x, y, transparent=-1, palette=None).
Result<Value> frame_buffer_blit(Vm& vm, Args args) {
  const Picture source_picture = TRY(source_of(vm, args[1]));
  const auto [x, y] = TRY(numbers_of<2>(vm, args.skip(1)));
  const int64_t transparent = args.size() > 4 ? TRY(to_int64(vm, args[4])) : -1;
  const bool has_palette = args.size() > 5 && !args[5].is_none();
  const Picture palette_picture = has_palette ? TRY(source_of(vm, args[5])) : source_picture;
  Canvas canvas = TRY(canvas_of(vm, args));
  Canvas source(source_picture, Canvas::Access::Read), palette(palette_picture, Canvas::Access::Read);
  TRY(source.find(vm));
  TRY(palette.find(vm));
  return done(blit(vm, canvas, source, {x, y}, {transparent, has_palette ? &palette : nullptr}));
}

constexpr CellKind kFrameBufferKind{.trace = trace};

constexpr Member kFrameBufferMembers[] = {
    {"blit"_n, native<frame_buffer_blit, 4, 6>},   {"ellipse"_n, native<frame_buffer_ellipse, 6, 8>},
    {"fill"_n, native<frame_buffer_fill, 2>},      {"fill_rect"_n, native<frame_buffer_fill_rect, 6>},
    {"hline"_n, native<frame_buffer_hline, 5>},    {"line"_n, native<frame_buffer_line, 6>},
    {"pixel"_n, native<frame_buffer_pixel, 3, 4>}, {"poly"_n, native<frame_buffer_poly, 5, 6>},
    {"rect"_n, native<frame_buffer_rect, 6, 7>},   {"scroll"_n, native<frame_buffer_scroll, 3>},
    {"text"_n, native<frame_buffer_text, 4, 5>},   {"vline"_n, native<frame_buffer_vline, 5>},
};

constinit const Type frame_buffer_type{{.name = "FrameBuffer"_n,
                                        .kind = &kFrameBufferKind,
                                        .members = kFrameBufferMembers,
                                        .flags = Type::kHashByAddress,
                                        .slots = {.construct = frame_buffer_construct, .buffer = frame_buffer_buffer}}};

constexpr Value format_value(PixelFormat format) { return Value::small_int(static_cast<int64_t>(format)); }

constexpr Member kMembers[] = {
    {"__name__"_n, Value("framebuf"_n)},
    {"FrameBuffer"_n, Value(&frame_buffer_type)},
    {"FrameBuffer1"_n, native<frame_buffer_1, 3, 4>},
    {"GS2_HMSB"_n, format_value(PixelFormat::Gs2Hmsb)},
    {"GS4_HMSB"_n, format_value(PixelFormat::Gs4Hmsb)},
    {"GS8"_n, format_value(PixelFormat::Gs8)},
    {"MONO_HLSB"_n, format_value(PixelFormat::MonoHlsb)},
    {"MONO_HMSB"_n, format_value(PixelFormat::MonoHmsb)},
    {"MONO_VLSB"_n, format_value(PixelFormat::MonoVlsb)},
    {"MVLSB"_n, format_value(PixelFormat::MonoVlsb)},
    {"RGB565"_n, format_value(PixelFormat::Rgb565)},
};

}  // namespace

constinit const NativeModule framebuf_module{"framebuf"_n, kMembers};

}  // namespace upy
