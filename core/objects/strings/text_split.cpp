#include <algorithm>

#include "objects/containers/list.h"
#include "objects/containers/sequence.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

/// Collects the pieces of a text in a list.
class Pieces {
 public:
  Pieces(const Text& self, List* list) : self_(self), list_(list) {}
  Result<void> add(Vm& vm, std::string_view piece) {
    TRY(vm.poll());
    return list_->append(vm, TRY(self_.make(vm, piece)));
  }
  List* list() const { return list_; }

 private:
  const Text& self_;
  List* list_;
};

Result<std::string_view> without_leading_space(Vm& vm, std::string_view text) {
  return text.substr(TRY(count_while(vm, text, is_space)));
}

Result<size_t> word_length(Vm& vm, std::string_view text) {
  return count_while(vm, text, [](char c) { return !is_space(c); });
}

/// `limit` below 0: none.
Result<void> split_words(Vm& vm, std::string_view rest, int64_t limit, Pieces& pieces) {
  rest = TRY(without_leading_space(vm, rest));
  for (; !rest.empty() && limit != 0; limit--) {
    const size_t length = TRY(word_length(vm, rest));
    TRY(pieces.add(vm, rest.substr(0, length)));
    rest = TRY(without_leading_space(vm, rest.substr(length)));
  }
  return rest.empty() ? Result<void>() : pieces.add(vm, rest);
}

Result<void> split_at(Vm& vm, std::string_view rest, std::string_view separator, int64_t limit, Pieces& pieces) {
  for (; limit != 0; limit--) {
    const size_t at = TRY(find_first(vm, rest, separator));
    if (at == kNowhere) break;
    TRY(pieces.add(vm, rest.substr(0, at)));
    rest.remove_prefix(at + separator.size());
  }
  return pieces.add(vm, rest);
}

/// From the end: the pieces come in reverse.
Result<void> split_backwards(Vm& vm, std::string_view rest, std::string_view separator, int64_t limit, Pieces& pieces) {
  for (; limit != 0; limit--) {
    const size_t at = TRY(find_last(vm, rest, separator));
    if (at == kNowhere) break;
    TRY(pieces.add(vm, rest.substr(at + separator.size())));
    rest = rest.substr(0, at);
  }
  return pieces.add(vm, rest);
}

Result<std::string_view> separator_of(Vm& vm, const Text& self, Value value) {
  const std::string_view separator = TRY(self.argument(vm, value));
  if (separator.empty()) return vm.raise(Error::empty_separator);
  return separator;
}

bool has_separator(Args args) { return args.size() > 1 && !args[1].is_none(); }

/// How often to split; -1: as often as possible.
Result<int64_t> limit_of(Vm& vm, Args args) {
  if (args.size() < 3) return int64_t{-1};
  return std::max<int64_t>(TRY(to_int64(vm, args[2])), -1);
}

}  // namespace

Result<Value> text_split(Vm& vm, Args args) {
  const Text self(args[0]);
  const int64_t limit = TRY(limit_of(vm, args));
  Pieces pieces(self, TRY(List::make(vm)));
  if (has_separator(args))
    TRY(split_at(vm, self.view(), TRY(separator_of(vm, self, args[1])), limit, pieces));
  else
    TRY(split_words(vm, self.view(), limit, pieces));
  return pieces.list();
}

Result<Value> text_rsplit(Vm& vm, Args args) {
  const Text self(args[0]);
  const int64_t limit = TRY(limit_of(vm, args));
  if (limit < 0) return text_split(vm, args);
  if (!has_separator(args)) return vm.raise(Error::rsplit_whitespace);
  Pieces pieces(self, TRY(List::make(vm)));
  TRY(split_backwards(vm, self.view(), TRY(separator_of(vm, self, args[1])), limit, pieces));
  List* list = pieces.list();
  TRY(reverse_values(vm, list->items(), list->size));
  return list;
}

namespace {

/// The length of the line end at the beginning of `text`; 0 if there is none.
size_t line_end_length(std::string_view text) {
  if (text.empty() || (text[0] != '\n' && text[0] != '\r')) return 0;
  return text.starts_with("\r\n") ? 2 : 1;
}

Result<bool> keepends_of(Vm& vm, Args args) {
  if (args.keywords == 0) return args.size() > 1 ? truth(vm, args[1]) : Result<bool>(false);
  if (args.keyword_name(0) != Value("keepends"_n)) return vm.raise(Error::unexpected_keyword, {args.keyword_name(0)});
  return truth(vm, args.keyword_value(0));
}

}  // namespace

Result<Value> text_splitlines(Vm& vm, Args args) {
  const Text self(args[0]);
  const bool keepends = TRY(keepends_of(vm, args));
  Pieces pieces(self, TRY(List::make(vm)));
  for (std::string_view rest = self.view(); !rest.empty();) {
    const size_t length = TRY(count_while(vm, rest, [](char c) { return c != '\r' && c != '\n'; }));
    const size_t end = length + line_end_length(rest.substr(length));
    TRY(pieces.add(vm, rest.substr(0, keepends ? end : length)));
    rest.remove_prefix(end);
  }
  return pieces.list();
}

namespace {

/// (before, separator, after) for a separator at offset `at`; `whole` is which of the three is self if it is nowhere.
Result<Value> partition_at(Vm& vm, const Text& self, std::string_view all, std::string_view separator, size_t at,
                           size_t whole) {
  std::string_view parts[3] = {};
  if (at == kNowhere) {
    parts[whole] = all;
  } else {
    parts[0] = all.substr(0, at);
    parts[1] = separator;
    parts[2] = all.substr(at + separator.size());
  }
  Value values[3];
  for (size_t i = 0; i < 3; i++) values[i] = TRY(self.make(vm, parts[i]));
  return TRY(Tuple::make(vm, values));
}

}  // namespace

Result<Value> text_partition(Vm& vm, Args args) {
  const Text self(args[0]);
  const std::string_view all = self.view();
  const std::string_view separator = TRY(separator_of(vm, self, args[1]));
  return partition_at(vm, self, all, separator, TRY(find_first(vm, all, separator)), 0);
}

Result<Value> text_rpartition(Vm& vm, Args args) {
  const Text self(args[0]);
  const std::string_view all = self.view();
  const std::string_view separator = TRY(separator_of(vm, self, args[1]));
  return partition_at(vm, self, all, separator, TRY(find_last(vm, all, separator)), 2);
}

namespace {

/// The bytes of an item to join; TypeError if it is of another kind than the separator.
Result<std::string_view> joined_item(Vm& vm, const Text& separator, Value item) {
  if (separator.is_str() && is_exactly(item, str_type)) [[likely]]
    return static_cast<Str*>(item.as_object())->view();
  item = native_of(item);
  if (!Text::is_text(item) || Text(item).is_str() != separator.is_str()) return vm.raise(Error::join_items);
  return Text(item).view();
}

Result<size_t> joined_size(Vm& vm, const Text& separator, Value sequence) {
  const size_t count = items_of(sequence).size();
  size_t total = TRY(repeated_size(vm, separator.view().size(), static_cast<int64_t>(count) - 1));
  std::span<const Value> items = items_of(sequence);
  for (size_t i = 0; i < items.size(); i++) {
    const std::string_view item = TRY(joined_item(vm, separator, items[i]));
    if (__builtin_add_overflow(total, item.size(), &total)) return vm.too_large(SIZE_MAX);
    TRY(vm.poll());
    items = items_of(sequence);
  }
  return total;
}

Result<void> fill_joined(Vm& vm, const Text& separator, Value sequence, TextFiller filler) {
  std::span<const Value> items = items_of(sequence);
  for (size_t i = 0; i < items.size(); i++) {
    if (i > 0) TRY(filler.put(vm, separator.view()));
    TRY(filler.put(vm, TRY(joined_item(vm, separator, items[i]))));
    TRY(vm.poll());
    items = items_of(sequence);
  }
  return filler.finish(vm);
}

}  // namespace

Result<Value> text_join(Vm& vm, Args args) {
  const Text separator(args[0]);
  Value sequence = native_of(args[1]);
  if (!as<List>(sequence, list_type) && !as<Tuple>(sequence, tuple_type)) {
    List* list = TRY(List::make(vm));
    TRY(list->extend(vm, sequence));
    sequence = list;
  }
  const size_t size = TRY(joined_size(vm, separator, sequence));
  const NewText joined = TRY(separator.make_raw(vm, size));
  TRY(fill_joined(vm, separator, sequence, {joined, size}));
  return separator.finish(vm, joined);
}

}  // namespace upy
