#include <optional>

#include "bytecode/utf8.h"
#include "objects/containers/sequence.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

/// The items between which a method is to look, args[2] and args[3]: None and the null Value for the ends. To be asked
/// for first, as objects with __index__ may change anything.
struct Bounds {
  Value start, stop;
};
Result<Bounds> bounds_of(Vm& vm, Args args) {
  Bounds bounds;
  if (args.size() > 2) bounds.start = TRY(as_exact_index(vm, args[2]));
  if (args.size() > 3) bounds.stop = TRY(as_exact_index(vm, args[3]));
  return bounds;
}

/// The part of a text within the bounds, and where it begins; nothing if its end lies before its start.
struct Part {
  std::string_view text;
  size_t begin;
};
Result<std::optional<Part>> chosen_part(Vm& vm, const Text& self, const Bounds& bounds) {
  const std::string_view all = self.view();
  const size_t begin = TRY(self.clamped_offset(vm, bounds.start, 0));
  const size_t end = TRY(self.clamped_offset(vm, bounds.stop, all.size()));
  if (end < begin) return std::optional<Part>();
  return std::optional<Part>(Part{all.substr(begin, end - begin), begin});
}

/// The text to look for: for bytes also an int, whose byte is put into `byte`.
Result<std::string_view> needle_of(Vm& vm, const Text& self, Value value, char& byte) {
  if (self.is_str() || !is_int(value)) return self.argument(vm, value);
  const int64_t n = TRY(to_int64(vm, value));
  if (n < 0 || n > 255) return vm.raise(Error::byte_out_of_range);
  byte = static_cast<char>(n);
  return std::string_view(&byte, 1);
}

using Finder = Result<size_t> (*)(Vm&, std::string_view, std::string_view);

/// The byte offset of args[1] in self, or kNowhere.
Result<size_t> find_offset(Vm& vm, const Text& self, Args args, Finder find) {
  char byte;
  const Bounds bounds = TRY(bounds_of(vm, args));
  const std::string_view needle = TRY(needle_of(vm, self, args[1], byte));
  const std::optional<Part> part = TRY(chosen_part(vm, self, bounds));
  if (!part) return kNowhere;
  const size_t at = TRY(find(vm, part->text, needle));
  return at == kNowhere ? at : part->begin + at;
}

Result<Value> find_or_minus_one(Vm& vm, Args args, Finder find) {
  const Text self(args[0]);
  const size_t offset = TRY(find_offset(vm, self, args, find));
  return Value::small_int(offset == kNowhere ? -1 : static_cast<int64_t>(TRY(self.item_at(vm, offset))));
}

Result<Value> find_or_raise(Vm& vm, Args args, Finder find) {
  const Value index = TRY(find_or_minus_one(vm, args, find));
  if (index.as_small_int() < 0) return vm.raise(Error::substring_not_found);
  return index;
}

}  // namespace

Result<Value> text_find(Vm& vm, Args args) { return find_or_minus_one(vm, args, find_first); }
Result<Value> text_rfind(Vm& vm, Args args) { return find_or_minus_one(vm, args, find_last); }
Result<Value> text_index(Vm& vm, Args args) { return find_or_raise(vm, args, find_first); }
Result<Value> text_rindex(Vm& vm, Args args) { return find_or_raise(vm, args, find_last); }

Result<Value> text_count(Vm& vm, Args args) {
  const Text self(args[0]);
  char byte;
  const Bounds bounds = TRY(bounds_of(vm, args));
  const std::string_view needle = TRY(needle_of(vm, self, args[1], byte));
  const std::optional<Part> part = TRY(chosen_part(vm, self, bounds));
  if (!part) return Value::small_int(0);
  std::string_view rest = part->text;
  if (needle.empty()) {
    const size_t items = self.is_str() ? TRY(count_code_points(vm, rest)) : rest.size();
    return Value::small_int(static_cast<int64_t>(items + 1));
  }
  int64_t count = 0;
  for (size_t at; (at = TRY(find_first(vm, rest, needle))) != kNowhere; count++) {
    rest.remove_prefix(at + needle.size());
    TRY(vm.poll());
  }
  return Value::small_int(count);
}

namespace {

/// Whether the part of self that args[2] and args[3] choose satisfies `matches(part, affix)`, a Result<bool>, for
/// args[1] or, if that is a tuple, one of its items. Affixes longer than the part are left out.
template <typename Matches>
Result<Value> has_affix(Vm& vm, Args args, Matches matches) {
  const Text self(args[0]);
  const Bounds bounds = TRY(bounds_of(vm, args));
  const std::optional<Part> part = TRY(chosen_part(vm, self, bounds));
  const Tuple* tuple = as<Tuple>(args[1], tuple_type);
  for (Value affix : tuple ? tuple->view() : std::span<const Value>(&args.values[1], 1)) {
    const std::string_view text = TRY(self.argument(vm, affix));
    if (part && text.size() <= part->text.size() && TRY(matches(part->text, text))) return Value::boolean(true);
    TRY(vm.poll());
  }
  return Value::boolean(false);
}

}  // namespace

Result<Value> text_startswith(Vm& vm, Args args) {
  return has_affix(vm, args, [&](std::string_view part, std::string_view affix) {
    return equal_bytes(vm, part.substr(0, affix.size()), affix);
  });
}

Result<Value> text_endswith(Vm& vm, Args args) {
  return has_affix(vm, args, [&](std::string_view part, std::string_view affix) {
    return equal_bytes(vm, part.substr(part.size() - affix.size()), affix);
  });
}

namespace {

enum class IsLast : bool { No, Yes };

/// The number of bytes to copy before the next replacement: up to the next occurrence, or, for an empty one, one item.
Result<size_t> next_gap(Vm& vm, const Text& self, std::string_view rest, std::string_view old) {
  if (!old.empty()) return find_first(vm, rest, old);
  if (rest.empty()) return kNowhere;
  size_t gap = 1;
  while (self.is_str() && gap < rest.size() && is_continuation(rest[gap])) gap++;
  return gap;
}

/// Goes through `all` and calls visit(gap) for each of its first `limit` occurrences of `old` (all, if that is
/// negative), with the text before it, and at last with the text behind the last one.
template <typename Visit>
Result<void> each_occurrence(Vm& vm, const Text& self, std::string_view all, std::string_view old, int64_t limit,
                             Visit visit) {
  size_t gap = old.empty() ? 0 : TRY(find_first(vm, all, old));
  for (int64_t done = 0; gap != kNowhere && done != limit; done++) {
    TRY(visit(all.substr(0, gap), IsLast::No));
    all.remove_prefix(gap + old.size());
    gap = TRY(next_gap(vm, self, all, old));
    TRY(vm.poll());
  }
  return visit(all, IsLast::Yes);
}

}  // namespace

Result<Value> text_replace(Vm& vm, Args args) {
  const Text self(args[0]);
  const std::string_view old = TRY(self.argument(vm, args[1]));
  const std::string_view replacement = TRY(self.argument(vm, args[2]));
  const int64_t limit = args.size() > 3 ? TRY(to_int64(vm, args[3])) : -1;
  const std::string_view all = self.view();
  size_t count = 0;
  TRY(each_occurrence(vm, self, all, old, limit, [&](std::string_view, IsLast last) -> Result<void> {
    count += last == IsLast::No;
    return {};
  }));
  if (count == 0) return self.unchanged(vm);
  const size_t added = TRY(repeated_size(vm, replacement.size(), static_cast<int64_t>(count)));
  size_t size;
  if (__builtin_add_overflow(all.size() - count * old.size(), added, &size)) return vm.too_large(SIZE_MAX);
  const NewText result = TRY(self.make_raw(vm, size));
  TextFiller filler(result, size);
  TRY(each_occurrence(vm, self, all, old, limit, [&](std::string_view piece, IsLast last) -> Result<void> {
    TRY(filler.put(vm, piece));
    return last == IsLast::No ? filler.put(vm, replacement) : filler.finish(vm);
  }));
  return self.finish(vm, result);
}

}  // namespace upy
