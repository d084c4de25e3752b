#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "modules/re/regex.h"
#include "objects/runtime/utf8.h"
#include "objects/strings/text.h"

/// From the text of a regular expression to its instructions, in one go: a quantifier or an alternative puts its
/// instructions in front of those it concerns, which move as a whole, since they refer to each other by distance.
namespace upy {

bool is_word_character(uint32_t c) {
  return c < 0x80 && (is_alpha(static_cast<char>(c)) || is_digit(static_cast<char>(c)) || c == '_');
}

namespace {

using Instruction = Regex::Instruction;
using Op = Instruction::Op;
using Range = Regex::Range;

constexpr size_t kMaxSource = 16 << 10;       ///< bytes of a pattern's text
constexpr size_t kMaxInstructions = 8 << 10;  ///< what a character of a text may take at most: some 0.1 ms
constexpr uint32_t kLastCharacter = UINT32_MAX;

/// A set while it is collected.
class SetBuilder {
 public:
  void add(uint32_t first, uint32_t last) { ranges_.push_back({first, last}); }
  /// Adds a letter's other case too, for letters of ASCII.
  void add_both_cases() {
    for (size_t i = 0, count = ranges_.size(); i < count; i++)
      for (uint32_t low = 'a'; low <= 'z'; low++) {
        const uint32_t high = low - 'a' + 'A';
        const bool has_low = contains(ranges_[i], low), has_high = contains(ranges_[i], high);
        if (has_low) add(high, high);
        if (has_high) add(low, low);
      }
  }
  /// \d and the like.
  void add_class(char name) {
    std::vector<Range> members;
    switch (to_lower(name)) {
      case 'd':
        members = {{'0', '9'}};
        break;
      case 's':
        members = {{'\t', '\r'}, {' ', ' '}};
        break;
      default:
        members = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
    }
    if (is_upper(name)) members = complement(members);
    ranges_.insert(ranges_.end(), members.begin(), members.end());
  }
  /// The set; what of its ranges is beyond ASCII goes behind `ranges`.
  Regex::Set finish(bool negated, std::vector<Range>& ranges) {
    Regex::Set set;
    set.negated = negated;
    set.first_range = static_cast<uint32_t>(ranges.size());
    for (Range range : sorted(ranges_)) {
      for (uint32_t c = range.first; c <= std::min<uint32_t>(range.last, 0x7f); c++)
        set.ascii[c / 64] |= uint64_t{1} << c % 64;
      if (range.last > 0x7f) ranges.push_back({std::max<uint32_t>(range.first, 0x80), range.last});
    }
    set.range_count = static_cast<uint32_t>(ranges.size()) - set.first_range;
    if (negated)
      for (uint64_t& word : set.ascii) word = ~word;
    return set;
  }

 private:
  static bool contains(Range range, uint32_t c) { return range.first <= c && c <= range.last; }
  /// In order, those that touch joined.
  static std::vector<Range> sorted(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.first < b.first; });
    std::vector<Range> joined;
    for (Range range : ranges) {
      if (!joined.empty() && range.first <= joined.back().last)
        joined.back().last = std::max(joined.back().last, range.last);
      else
        joined.push_back(range);
    }
    return joined;
  }
  static std::vector<Range> complement(const std::vector<Range>& ranges) {
    std::vector<Range> gaps;
    uint32_t next = 0;
    for (Range range : ranges) {
      if (range.first > next) gaps.push_back({next, range.first - 1});
      next = range.last + 1;
    }
    gaps.push_back({next, kLastCharacter});
    return gaps;
  }

  std::vector<Range> ranges_;
};

class Compiler {
 public:
  Compiler(std::string_view source, Regex::Unit unit) : rest_(source), unit_(unit) {}

  std::vector<Instruction> code;
  std::vector<Regex::Set> sets;
  std::vector<Range> ranges;
  uint32_t groups = 0;
  bool too_complex = false;

  /// False: the pattern is malformed or too complex.
  bool compile() {
    code.push_back({Op::Save, 0});
    open_.push_back(Group{.begin = 1, .alternative = 1});
    while (!rest_.empty()) {
      if (!take_item()) return false;
      too_complex |= code.size() > kMaxInstructions || groups > Regex::kMaxGroups;
      if (too_complex) return false;
    }
    if (open_.size() != 1) return false;
    close_alternatives();
    code.push_back({Op::Save, 1});
    code.push_back({Op::Match});
    return true;
  }

 private:
  /// A group that was begun and not ended; the outermost is the whole.
  struct Group {
    size_t begin;                    ///< its first instruction
    size_t alternative;              ///< the first instruction of the alternative that is being read
    std::vector<size_t> jumps = {};  ///< at the ends of those before
    bool nullable = true;            ///< whether the alternative can match nothing so far
    bool any_nullable = false;       ///< whether one of those before can
    bool ignores_case = false;
    std::optional<uint32_t> number = {};  ///< if it captures
  };

  bool take_item() {
    const char c = rest_[0];
    switch (c) {
      case '(':
        return begin_group();
      case ')':
        return end_group();
      case '|':
        return begin_alternative();
      case '*':
      case '+':
      case '?':
        return quantify();
      case '[':
        rest_.remove_prefix(1);
        return take_set();
      case '.':
      case '^':
      case '$':
        rest_.remove_prefix(1);
        add_term({c == '.' ? Op::Any : c == '^' ? Op::Begin : Op::End}, c != '.');
        return true;
      default:
        return take_character();
    }
  }

  // ---- terms ----

  static constexpr std::string_view kNames = "afnrtv", kNamed = "\a\f\n\r\t\v";  ///< of characters, and these

  /// A term of one instruction, which a quantifier may follow.
  void add_term(Instruction instruction, bool nullable = false) {
    begin_term(code.size());
    code.push_back(instruction);
    end_term(nullable);
  }
  void begin_term(size_t at) {
    term_ = at;
    was_nullable_ = open_.back().nullable;
  }
  void end_term(bool nullable) {
    has_term_ = true;
    term_is_nullable_ = nullable;
    open_.back().nullable = was_nullable_ && nullable;
  }

  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool is_class() const {
    return rest_.size() > 1 && rest_[0] == '\\' && std::string_view("dDsSwW").find(rest_[1]) != std::string_view::npos;
  }

  /// The character in front, whatever it is; nothing at the end.
  std::optional<uint32_t> next_character() {
    if (rest_.empty()) return {};
    const bool wide = unit_ == Regex::Unit::CodePoint;
    const uint32_t c = wide ? decode_utf8(rest_.data()) : static_cast<uint8_t>(rest_[0]);
    rest_.remove_prefix(wide ? sequence_length(rest_[0]) : 1);
    return c;
  }

  bool take_character() {
    if (is_class()) {
      SetBuilder set;
      set.add_class(rest_[1]);
      rest_.remove_prefix(2);
      add_set(set, false);
      return true;
    }
    const bool escaped = skip('\\');
    if (escaped && take_assertion()) return true;
    const auto c = escaped ? escaped_character() : next_character();
    if (!c) return false;
    if (open_.back().ignores_case && *c < 0x80 && is_alpha(static_cast<char>(*c))) {
      SetBuilder set;
      set.add(*c, *c);
      add_set(set, false);
    } else {
      add_term({Op::Char, static_cast<int32_t>(*c)});
    }
    return true;
  }

  /// What \A and the like say of a place.
  bool take_assertion() {
    const auto take = [this](Op op) {
      rest_.remove_prefix(1);
      add_term({op}, true);
      return true;
    };
    switch (rest_.empty() ? 0 : rest_[0]) {
      case 'A':
        return take(Op::Begin);
      case 'Z':
        return take(Op::End);
      case 'b':
        return take(Op::Edge);
      case 'B':
        return take(Op::Inner);
      default:
        return false;
    }
  }

  /// How long the name or number of a character at the front of `text` is, which a backslash was before; 0 if it is
  /// none.
  static size_t code_length(std::string_view text) {
    if (text.empty()) return 0;
    if (text.size() > 2 && text[0] == 'x' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0) return 3;
    return kNames.find(text[0]) == std::string_view::npos ? 0 : 1;
  }

  /// \n and the like, \x41, or a character for itself; nothing at the end.
  std::optional<uint32_t> escaped_character() {
    const std::string_view code = rest_.substr(0, code_length(rest_));
    if (code.empty()) return next_character();
    rest_.remove_prefix(code.size());
    if (code.size() > 1) return static_cast<uint32_t>(hex_value(code[1]) << 4 | hex_value(code[2]));
    return static_cast<uint8_t>(kNamed[kNames.find(code[0])]);
  }

  void add_set(SetBuilder& set, bool negated) {
    if (open_.back().ignores_case) set.add_both_cases();
    sets.push_back(set.finish(negated, ranges));
    add_term({Op::Set, static_cast<int32_t>(sets.size()) - 1});
  }

  /// What follows a [. A set may be empty.
  bool take_set() {
    SetBuilder set;
    const bool negated = rest_.starts_with('^');
    if (negated) rest_.remove_prefix(1);
    while (!rest_.starts_with(']'))
      if (!take_member(set)) return false;
    rest_.remove_prefix(1);
    add_set(set, negated);
    return true;
  }

  /// A class, a character or a range. A hyphen before the ] is one, and so is a backslash behind a hyphen that begins
  /// no name of a character.
  bool take_member(SetBuilder& set) {
    if (is_class()) {
      set.add_class(rest_[1]);
      rest_.remove_prefix(2);
      return true;
    }
    const auto first = !skip('\\') ? next_character() : skip('b') ? uint32_t{'\b'} : escaped_character();
    auto last = first;
    if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
      rest_.remove_prefix(1);
      const bool escaped = code_length(rest_.substr(1)) > 0 && skip('\\');
      last = escaped ? escaped_character() : next_character();
    }
    if (!first || !last || *first > *last) return false;
    set.add(*first, *last);
    return true;
  }

  // ---- groups and alternatives ----

  bool begin_group() {
    rest_.remove_prefix(1);
    Group group{.begin = code.size(), .ignores_case = open_.back().ignores_case};
    if (rest_.starts_with("?i)")) {
      rest_.remove_prefix(3);
      open_.back().ignores_case = true;
      return true;
    }
    if (rest_.starts_with("?:")) {
      rest_.remove_prefix(2);
    } else {
      if (rest_.starts_with('?') && !take_name()) return false;
      group.number = ++groups;
      code.push_back({Op::Save, static_cast<int32_t>(2 * groups)});
    }
    group.alternative = code.size();
    open_.push_back(std::move(group));
    has_term_ = false;
    return true;
  }

  /// ?P<name>
  bool take_name() {
    if (!rest_.starts_with("?P<")) return false;
    rest_.remove_prefix(3);
    size_t length = 0;
    while (length < rest_.size() && is_word_character(static_cast<uint8_t>(rest_[length]))) length++;
    if (length == 0 || !rest_.substr(length).starts_with('>')) return false;
    rest_.remove_prefix(length + 1);
    return true;
  }

  bool end_group() {
    if (open_.size() == 1) return false;
    rest_.remove_prefix(1);
    const bool nullable = close_alternatives();
    const Group group = std::move(open_.back());
    open_.pop_back();
    if (group.number) code.push_back({Op::Save, static_cast<int32_t>(2 * *group.number + 1)});
    begin_term(group.begin);
    end_term(nullable);
    return true;
  }

  bool begin_alternative() {
    rest_.remove_prefix(1);
    Group& group = open_.back();
    const auto length = static_cast<int32_t>(code.size() - group.alternative);
    insert(group.alternative, {Op::Split, 1, length + 2});
    group.jumps.push_back(code.size());
    code.push_back({Op::Jump});
    group.alternative = code.size();
    group.any_nullable |= std::exchange(group.nullable, true);
    has_term_ = false;
    return true;
  }

  /// Has the alternatives of the innermost group end here; whether it can match nothing.
  bool close_alternatives() {
    Group& group = open_.back();
    for (size_t at : group.jumps) code[at].x = static_cast<int32_t>(code.size() - at);
    return group.any_nullable || group.nullable;
  }

  // ---- quantifiers ----

  void insert(size_t at, Instruction instruction) {
    code.insert(code.begin() + static_cast<ptrdiff_t>(at), instruction);
  }

  bool quantify() {
    if (!has_term_) return false;
    has_term_ = false;  // none may follow
    const char kind = rest_[0];
    rest_.remove_prefix(1);
    const bool lazy = rest_.starts_with('?');
    if (lazy) rest_.remove_prefix(1);
    const auto split = [&](int32_t on, int32_t past) {
      return lazy ? Instruction{Op::Split, past, on} : Instruction{Op::Split, on, past};
    };
    const auto length = static_cast<int32_t>(code.size() - term_);
    const bool repeats = kind == '+' || (kind == '*' && term_is_nullable_);  // x* is (x+)? if x can match nothing
    if (repeats) code.push_back(split(-length, 1));
    if (kind == '*' && !repeats) code.push_back({Op::Jump, -length - 1});
    if (kind != '+') insert(term_, split(1, static_cast<int32_t>(code.size() - term_) + 1));
    if (kind != '+') open_.back().nullable = was_nullable_;
    return true;
  }

  std::string_view rest_;
  const Regex::Unit unit_;
  std::vector<Group> open_;
  bool has_term_ = false;  ///< whether a quantifier may follow
  size_t term_ = 0;        ///< the first instruction of what it would concern
  bool term_is_nullable_ = false;
  bool was_nullable_ = true;  ///< whether the alternative could match nothing before that
};

/// The bytes that a match can begin with.
class FirstBytes {
 public:
  FirstBytes(Regex* regex) : regex_(regex), seen_(regex->instruction_count) {}

  void find() {
    std::vector<size_t> waiting{0};
    while (!waiting.empty()) {
      const size_t at = waiting.back();
      waiting.pop_back();
      if (seen_[at]) continue;
      seen_[at] = true;
      const Instruction& instruction = regex_->instructions()[at];
      switch (instruction.op) {
        case Op::Split:
          waiting.push_back(at + instruction.y);
          [[fallthrough]];
        case Op::Jump:
          waiting.push_back(at + instruction.x);
          break;
        case Op::Save:
          waiting.push_back(at + 1);
          break;
        case Op::Char:
          add_character(static_cast<uint32_t>(instruction.x));
          break;
        case Op::Set:
          add_set(regex_->sets()[instruction.x]);
          break;
        default:
          add(0, 255);
      }
    }
  }

 private:
  void add(unsigned first, unsigned last) {
    for (unsigned byte = first; byte <= last; byte++) regex_->first_bytes[byte / 64] |= uint64_t{1} << byte % 64;
  }
  void add_character(uint32_t c) {
    char bytes[kMaxSequence] = {static_cast<char>(c)};
    if (regex_->unit == Regex::Unit::CodePoint) encode_utf8(c, bytes);
    add(static_cast<uint8_t>(bytes[0]), static_cast<uint8_t>(bytes[0]));
  }
  void add_set(const Regex::Set& set) {
    for (unsigned c = 0; c < 0x80; c++)
      if (set.ascii[c / 64] >> c % 64 & 1) add(c, c);
    if (set.negated || set.range_count) add(0x80, 255);
  }

  Regex* regex_;
  std::vector<bool> seen_;
};

void trace_regex(Object* object, Marker& marker) { marker.mark(static_cast<Regex*>(object)->room); }

constexpr CellKind kRegexKind{.trace = trace_regex};
constinit const Shape regex_shape{&shape_shape, &kRegexKind, nullptr};

}  // namespace

Result<Regex*> Regex::make(Vm& vm, std::string_view source, Unit unit) {
  if (source.size() > kMaxSource) return vm.raise(Error::regex_too_complex);
  if (unit == Unit::CodePoint && !upy::is_well_formed(source)) return vm.raise(Error::regex_error);
  if (vm.heap.lock_depth() > 0) return vm.too_large(source.size());
  Compiler compiler(source, unit);
  if (!compiler.compile()) return vm.raise(compiler.too_complex ? Error::regex_too_complex : Error::regex_error);
  const size_t instructions = (compiler.code.size() + 1) / 2 * 2;
  const size_t bytes = sizeof(Regex) + instructions * sizeof(Instruction) + compiler.sets.size() * sizeof(Set) +
                       compiler.ranges.size() * sizeof(Range);
  Regex* regex = TRY(vm.allocate<Regex>(&regex_shape, bytes));
  regex->room = nullptr;
  regex->unit = unit;
  regex->groups = compiler.groups;
  regex->instruction_count = static_cast<uint32_t>(compiler.code.size());
  regex->set_count = static_cast<uint32_t>(compiler.sets.size());
  regex->range_count = static_cast<uint32_t>(compiler.ranges.size());
  std::fill(std::begin(regex->first_bytes), std::end(regex->first_bytes), 0);
  std::copy(compiler.code.begin(), compiler.code.end(), regex->instructions());
  std::copy(compiler.sets.begin(), compiler.sets.end(), regex->sets());
  std::copy(compiler.ranges.begin(), compiler.ranges.end(), regex->ranges());
  FirstBytes(regex).find();
  TRY(regex->keep_room(vm));
  return regex;
}

}  // namespace upy
