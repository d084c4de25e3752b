#include <algorithm>

#include "modules/modules.h"
#include "modules/re/regex.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/strings/text.h"

/// re: regular expressions. Patterns and subjects are str or bytes, in any combination: what a character is, the
/// subject says. As in MicroPython, sub and split stop at an empty match.
namespace upy {
namespace {

constexpr int64_t kDebug = 0x1000;  ///< re.DEBUG

/// The str or bytes that an argument is; TypeError for anything else.
Result<Value> to_text(Vm& vm, Value value) {
  const Value native = native_of(value);
  if (is_exactly(native, str_type) || is_exactly(native, bytes_type)) return native;
  return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
}

Regex::Unit unit_of(const Text& text) { return text.is_str() ? Regex::Unit::CodePoint : Regex::Unit::Byte; }

// ---- compiled patterns ----

extern const Type pattern_type;

/// What compile makes.
struct Pattern : Object {
  Value source;        ///< a str or bytes
  Regex* for_unit[2];  ///< by Regex::Unit; null until there is such a subject

  /// The regex for subjects of that unit.
  Result<Regex*> regex(Vm& vm, Regex::Unit unit) {
    Regex*& regex = for_unit[static_cast<size_t>(unit)];
    if (!regex) regex = TRY(Regex::make(vm, Text(source).view(), unit));
    return regex;
  }
};

Result<void> print_debug(Vm& vm, const Regex& regex) {
  ConsoleWriter out(Console::Stream::Out);
  TRY(out.write_int(vm, regex.groups));
  TRY(out.write(vm, " groups, "));
  TRY(out.write_int(vm, static_cast<int64_t>(regex.bytes(vm))));
  return out.write(vm, " bytes\n");
}

/// compile(pattern[, flags]).
Result<Value> re_compile(Vm& vm, Args args) {
  const Value source = TRY(to_text(vm, args[0]));
  const int64_t flags = args.size() > 1 ? TRY(to_int64(vm, args[1])) : 0;
  auto* pattern = TRY(vm.allocate<Pattern>(pattern_type));
  pattern->source = source;
  std::fill(std::begin(pattern->for_unit), std::end(pattern->for_unit), nullptr);
  const Regex* regex = TRY(pattern->regex(vm, unit_of(Text(source))));
  if (flags & kDebug) TRY(print_debug(vm, *regex));
  return pattern;
}

/// The regex of a function's first argument, a compiled pattern or the text of one.
Result<Regex*> regex_for(Vm& vm, Value pattern, const Text& subject) {
  if (auto* compiled = as<Pattern>(pattern, pattern_type)) return compiled->regex(vm, unit_of(subject));
  const Value source = TRY(to_text(vm, pattern));
  return Regex::make(vm, Text(source).view(), unit_of(subject));
}

// ---- matches ----

using Span = Regex::Span;

/// What match and search find.
struct Match : Object {
  Value subject;   ///< a str or bytes
  uint32_t count;  ///< of the spans: the whole match and each group
  Span* spans() { return reinterpret_cast<Span*>(this + 1); }
};

Match* match_of(Value self) { return static_cast<Match*>(self.as_object()); }

/// The group that the optional argument of a method names; IndexError(argument) if there is none of that number.
Result<Span> group_of(Vm& vm, Args args) {
  Match* self = match_of(args[0]);
  const int64_t index = args.size() > 1 ? TRY(to_int64(vm, args[1])) : 0;
  if (index < 0 || index >= self->count) return vm.raise_with(IndexError_type, args[1]);
  return self->spans()[index];
}

/// The text of a group; None if it took no part.
Result<Value> make_group(Vm& vm, Value subject, Span span) {
  if (span.begin == Span::kNowhere) return Value::none();
  const Text text(subject);
  return text.part(vm, text.view(), span.begin, span.end);
}

/// A bound of a group as an index into the subject; -1 if the group took no part.
Result<Value> make_index(Vm& vm, Value subject, uint32_t offset) {
  if (offset == Span::kNowhere) return Value::small_int(-1);
  const Text text(subject);
  const size_t index = TRY(text.item_at(vm, offset));
  return Value::small_int(static_cast<int64_t>(index));
}

/// group([index]).
Result<Value> match_group(Vm& vm, Args args) {
  return make_group(vm, match_of(args[0])->subject, TRY(group_of(vm, args)));
}

/// groups(): all but the whole match.
Result<Value> match_groups(Vm& vm, Args args) {
  Match* self = match_of(args[0]);
  Tuple* groups = TRY(Tuple::make(vm, self->count - 1));
  for (uint32_t i = 1; i < self->count; i++) (*groups)[i - 1] = TRY(make_group(vm, self->subject, self->spans()[i]));
  return groups;
}

/// start([index]).
Result<Value> match_start(Vm& vm, Args args) {
  return make_index(vm, match_of(args[0])->subject, TRY(group_of(vm, args)).begin);
}

/// end([index]).
Result<Value> match_end(Vm& vm, Args args) {
  return make_index(vm, match_of(args[0])->subject, TRY(group_of(vm, args)).end);
}

/// span([index]): (start, end).
Result<Value> match_span(Vm& vm, Args args) {
  const Value bounds[] = {TRY(match_start(vm, args)), TRY(match_end(vm, args))};
  return TRY(Tuple::make(vm, bounds));
}

Result<void> match_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<match num="));
  TRY(out.write_int(vm, match_of(self)->count));
  return out.write(vm, ">");
}

constexpr CellKind kMatchKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Match*>(object)->subject); }};

constexpr Member kMatchMembers[] = {
    {"end"_n, native<match_end, 1, 2>},   {"group"_n, native<match_group, 1, 2>}, {"groups"_n, native<match_groups, 1>},
    {"span"_n, native<match_span, 1, 2>}, {"start"_n, native<match_start, 1, 2>},
};

constinit const Type match_type{{.name = "match"_n,
                                 .kind = &kMatchKind,
                                 .members = kMatchMembers,
                                 .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                 .slots = {.print = match_print}}};

// ---- searching ----

/// A regex that goes through a subject. Lives on the native stack.
class Search {
 public:
  /// Of the subject's first `end` bytes, as if there were no more.
  Search(Regex& regex, const Text& subject, size_t end)
      : regex_(regex), subject_(subject), text_(subject.view().substr(0, end)) {}
  Search(Regex& regex, const Text& subject) : Search(regex, subject, subject.view().size()) {}

  /// Goes to the first match at byte `from` or, unless `anchor` says only there, behind it. False: there is none.
  Result<bool> find(Vm& vm, size_t from, Regex::Anchor anchor = Regex::Anchor::Nowhere) {
    return regex_.find(vm, text_, from, anchor, spans_);
  }
  /// The same for loops that an empty match ends.
  Result<bool> find_some(Vm& vm, size_t from) { return TRY(find(vm, from)) && spans_[0].begin < spans_[0].end; }

  // ---- of the match found ----

  size_t count() const { return 1 + size_t{regex_.groups}; }  ///< the whole match and its groups
  /// Group `i` below count(); empty if it took no part.
  std::string_view group(size_t i) const {
    const Span span = spans_[i];
    return span.begin == Span::kNowhere ? std::string_view() : text_.substr(span.begin, span.end - span.begin);
  }
  Span span(size_t i) const { return spans_[i]; }
  /// The match as scripts see it.
  Result<Match*> make_match(Vm& vm) const {
    auto* match = TRY(vm.allocate<Match>(&match_type.root, sizeof(Match) + count() * sizeof(Span)));
    match->subject = subject_.self();
    match->count = static_cast<uint32_t>(count());
    std::copy_n(spans_, count(), match->spans());
    return match;
  }

 private:
  Regex& regex_;
  const Text subject_;
  const std::string_view text_;
  Span spans_[1 + Regex::kMaxGroups];
};

/// The byte offset of an index argument, clamped to the text; negative ones are its beginning.
Result<size_t> offset_at(Vm& vm, const Text& text, Value index) {
  const int64_t item = TRY(to_int64(vm, index));
  return text.offset_of(vm, static_cast<size_t>(std::clamp<int64_t>(item, 0, static_cast<int64_t>(text.length()))));
}

/// match and search(pattern, subject[, pos[, endpos]]); the bounds are for compiled patterns only.
template <Regex::Anchor anchor>
Result<Value> re_find(Vm& vm, Args args) {
  const Text subject(TRY(to_text(vm, args[1])));
  size_t begin = 0, end = subject.view().size();
  if (is_exactly(args[0], pattern_type)) {
    if (args.size() > 2) begin = TRY(offset_at(vm, subject, args[2]));
    if (args.size() > 3) end = std::max(begin, TRY(offset_at(vm, subject, args[3])));
  }
  Regex* regex = TRY(regex_for(vm, args[0], subject));
  Search search(*regex, subject, end);
  if (!TRY(search.find(vm, begin, anchor))) return Value::none();
  return TRY(search.make_match(vm));
}

/// split(pattern, subject[, max_split]).
Result<Value> re_split(Vm& vm, Args args) {
  const Text subject(TRY(to_text(vm, args[1])));
  const int64_t limit = args.size() > 2 ? TRY(to_int64(vm, args[2])) : 0;
  Regex* regex = TRY(regex_for(vm, args[0], subject));
  Search search(*regex, subject);
  List* parts = TRY(List::make(vm));
  size_t from = 0;
  for (int64_t splits = 0; (limit <= 0 || splits < limit) && TRY(search.find_some(vm, from)); splits++) {
    if (regex->groups > 0) return vm.raise(Error::split_with_groups);
    const Span found = search.span(0);
    TRY(parts->append(vm, TRY(subject.part(vm, subject.view(), from, found.begin))));
    from = found.end;
  }
  TRY(parts->append(vm, TRY(subject.part(vm, subject.view(), from, subject.view().size()))));
  return parts;
}

// ---- substitution ----

/// Takes a decimal number, if there is one, off a text. One above kTooLarge becomes that: no pattern has so many
/// groups.
bool take_number(std::string_view& text, size_t& number) {
  constexpr size_t kTooLarge = 1'000'000;
  if (text.empty() || !is_digit(text[0])) return false;
  for (number = 0; !text.empty() && is_digit(text[0]); text.remove_prefix(1))
    number = std::min(number * 10 + static_cast<size_t>(text[0] - '0'), kTooLarge);
  return true;
}

/// Writes what follows a backslash in a replacement: the group of \N or \g<N>, else the character behind it.
Result<void> write_escape(Vm& vm, Writer& out, std::string_view& rest, const Search& search) {
  const bool bracketed = rest.starts_with("g<");
  if (bracketed) rest.remove_prefix(2);
  size_t number;
  if (take_number(rest, number)) {
    if (bracketed && rest.starts_with('>')) rest.remove_prefix(1);
    if (number >= search.count()) return vm.raise_with(IndexError_type, TRY(make_uint(vm, number)));
    return out.write(vm, search.group(number));
  }
  const std::string_view character = rest.substr(0, 1);
  rest.remove_prefix(character.size());
  return out.write(vm, character);
}

/// Writes what stands in for a match: a text, or what a function answers to the match, with its escapes expanded.
Result<void> write_replacement(Vm& vm, Writer& out, Value replacement, const Search& search) {
  if (!Text::is_text(native_of(replacement))) replacement = TRY(vm.call(replacement, {TRY(search.make_match(vm))}));
  const Text text(TRY(to_text(vm, replacement)));
  std::string_view rest = text.view();
  while (!rest.empty()) {
    const std::string_view plain = rest.substr(0, TRY(find_byte(vm, rest, '\\')));
    TRY(out.write(vm, plain));
    rest.remove_prefix(plain.size());
    if (rest.empty()) break;
    rest.remove_prefix(1);
    TRY(write_escape(vm, out, rest, search));
    TRY(vm.poll());
  }
  return {};
}

/// sub(pattern, replacement, subject[, count[, flags]]).
Result<Value> re_sub(Vm& vm, Args args) {
  const Text subject(TRY(to_text(vm, args[2])));
  const int64_t limit = args.size() > 3 ? TRY(to_int64(vm, args[3])) : 0;
  Regex* regex = TRY(regex_for(vm, args[0], subject));
  Search search(*regex, subject);
  StrBuilder out;
  size_t from = 0;
  for (int64_t done = 0; (limit <= 0 || done < limit) && TRY(search.find_some(vm, from)); done++) {
    const Span found = search.span(0);
    TRY(out.write(vm, subject.view().substr(from, found.begin - from)));
    TRY(write_replacement(vm, out, args[1], search));
    from = found.end;
  }
  if (from == 0) return args[2];
  TRY(out.write(vm, subject.view().substr(from)));
  if (subject.is_str() && !TRY(is_well_formed(vm, out.view()))) return vm.raise_with(UnicodeError_type, Value());
  return subject.make_from(vm, out);
}

// ---- tables ----

Result<void> pattern_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<re 0x"));
  TRY(out.write_hex(vm, self.bits()));
  return out.write(vm, ">");
}

void trace_pattern(Object* object, Marker& marker) {
  auto* pattern = static_cast<Pattern*>(object);
  marker.mark(pattern->source);
  for (const Regex* regex : pattern->for_unit) marker.mark(regex);
}

constexpr CellKind kPatternKind{.trace = trace_pattern};

constexpr Member kPatternMembers[] = {
    {"match"_n, native<re_find<Regex::Anchor::Start>, 2, 4>},
    {"search"_n, native<re_find<Regex::Anchor::Nowhere>, 2, 4>},
    {"split"_n, native<re_split, 2, 3>},
    {"sub"_n, native<re_sub, 3, 5>},
};

constinit const Type pattern_type{{.name = "re"_n,
                                   .kind = &kPatternKind,
                                   .members = kPatternMembers,
                                   .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                   .slots = {.print = pattern_print}}};

constexpr Member kMembers[] = {
    {"__name__"_n, Value("re"_n)},
    {"DEBUG"_n, Value::small_int(kDebug)},
    {"compile"_n, native<re_compile, 1, 2>},
    {"match"_n, native<re_find<Regex::Anchor::Start>, 2, 4>},
    {"search"_n, native<re_find<Regex::Anchor::Nowhere>, 2, 4>},
    {"sub"_n, native<re_sub, 3, 5>},
};

}  // namespace

constinit const NativeModule re_module{"re"_n, kMembers};

}  // namespace upy
