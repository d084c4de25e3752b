#include "objects/containers/sequence.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

// ---- strip ----

/// The characters to strip: those of args[1], or blanks.
Result<std::string_view> stripped_characters(Vm& vm, const Text& self, Args args) {
  if (args.size() < 2 || args[1].is_none()) return std::string_view(" \t\n\r\v\f");
  return self.argument(vm, args[1]);
}

/// The length of the item that begins at `at`.
size_t item_length(const Text& self, std::string_view all, size_t at) {
  return self.is_str() ? sequence_length(all[at]) : 1;
}

/// Where the item that ends at `end` begins.
size_t item_before(const Text& self, std::string_view all, size_t end) {
  do end--;
  while (self.is_str() && is_continuation(all[end]));
  return end;
}

Result<bool> is_among(Vm& vm, std::string_view item, std::string_view characters) {
  return TRY(find_first(vm, characters, item)) != std::string_view::npos;
}

enum Sides { kLeft = 1, kRight = 2, kBoth = 3 };

Result<Value> strip(Vm& vm, Args args, Sides sides) {
  const Text self(args[0]);
  const std::string_view characters = TRY(stripped_characters(vm, self, args));
  const std::string_view all = self.view();
  size_t begin = 0, end = all.size();
  while ((sides & kLeft) && begin < end) {
    const size_t length = item_length(self, all, begin);
    if (!TRY(is_among(vm, all.substr(begin, length), characters))) break;
    begin += length;
    TRY(vm.poll());
  }
  while ((sides & kRight) && begin < end) {
    const size_t last = item_before(self, all, end);
    if (!TRY(is_among(vm, all.substr(last, end - last), characters))) break;
    end = last;
    TRY(vm.poll());
  }
  return self.part(vm, all, begin, end);
}

// ---- padding ----

/// The width asked for by args[1], less the items there are; 0 if there are enough.
Result<size_t> padding_wanted(Vm& vm, const Text& self, Args args) {
  const int64_t width = TRY(to_int64(vm, args[1]));
  const auto length = static_cast<int64_t>(self.length());
  return width > length ? static_cast<size_t>(width - length) : size_t{0};
}

/// Self with `left` and `right` fills around the part from `at` on: what lies before `at` stays in front.
Result<Value> pad(Vm& vm, const Text& self, size_t at, size_t left, size_t right, std::string_view fill) {
  const std::string_view all = self.view();
  const size_t left_size = TRY(repeated_size(vm, fill.size(), static_cast<int64_t>(left)));
  const size_t right_size = TRY(repeated_size(vm, fill.size(), static_cast<int64_t>(right)));
  size_t size;
  if (__builtin_add_overflow(left_size, right_size, &size) || __builtin_add_overflow(size, all.size(), &size))
    return vm.too_large(SIZE_MAX);
  const NewText padded = TRY(self.make_raw(vm, size));
  char* out = padded.data;
  out += all.substr(0, at).copy(out, at);
  char* const middle = out + left_size;
  TRY(copy_bytes(vm, middle, all.substr(at)));
  TRY(fill_repeated(vm, out, fill, left));
  TRY(fill_repeated(vm, middle + (all.size() - at), fill, right));
  return self.finish(vm, padded);
}

/// The fill character args[2]: one item; a blank if there is no such argument.
Result<std::string_view> fill_of(Vm& vm, const Text& self, Args args) {
  if (args.size() < 3) return std::string_view(" ");
  const std::string_view fill = TRY(self.argument(vm, args[2]));
  if (fill.empty() || fill.size() != item_length(self, fill, 0)) return vm.raise(Error::fill_wanted);
  return fill;
}

}  // namespace

Result<Value> text_strip(Vm& vm, Args args) { return strip(vm, args, kBoth); }
Result<Value> text_lstrip(Vm& vm, Args args) { return strip(vm, args, kLeft); }
Result<Value> text_rstrip(Vm& vm, Args args) { return strip(vm, args, kRight); }

Result<Value> text_center(Vm& vm, Args args) {
  const Text self(args[0]);
  const size_t padding = TRY(padding_wanted(vm, self, args));
  const std::string_view fill = TRY(fill_of(vm, self, args));
  if (padding == 0) return self.unchanged(vm);
  return pad(vm, self, 0, padding / 2, padding - padding / 2, fill);
}

Result<Value> text_ljust(Vm& vm, Args args) {
  const Text self(args[0]);
  const size_t padding = TRY(padding_wanted(vm, self, args));
  const std::string_view fill = TRY(fill_of(vm, self, args));
  if (padding == 0) return self.unchanged(vm);
  return pad(vm, self, 0, 0, padding, fill);
}

Result<Value> text_rjust(Vm& vm, Args args) {
  const Text self(args[0]);
  const size_t padding = TRY(padding_wanted(vm, self, args));
  const std::string_view fill = TRY(fill_of(vm, self, args));
  if (padding == 0) return self.unchanged(vm);
  return pad(vm, self, 0, padding, 0, fill);
}

Result<Value> text_zfill(Vm& vm, Args args) {
  const Text self(args[0]);
  const size_t padding = TRY(padding_wanted(vm, self, args));
  if (padding == 0) return self.unchanged(vm);
  const std::string_view all = self.view();
  const bool has_sign = all.starts_with('+') || all.starts_with('-');
  return pad(vm, self, has_sign ? 1 : 0, padding, 0, "0");
}

}  // namespace upy
