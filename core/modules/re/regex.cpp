#include "modules/re/regex.h"

#include <algorithm>
#include <utility>

#include "objects/runtime/bulk.h"
#include "objects/runtime/utf8.h"

/// Matching.
namespace upy {
namespace {

using Op = Regex::Instruction::Op;

constexpr size_t kKeptRoom = 8 << 10;  ///< bytes; larger room is taken for each search

/// What lies in the room for a search: arrays, all of 32-bit numbers.
struct Layout {
  size_t instructions, bounds;

  explicit Layout(const Regex& regex) : instructions(regex.instruction_count), bounds(2 * (1 + regex.groups)) {}
  size_t thread() const { return 1 + bounds; }  ///< an instruction, and where the groups were found on the way to it
  size_t threads() const { return instructions * thread(); }
  size_t stack() const { return 4 * instructions; }
  size_t bytes() const { return (instructions + 2 * threads() + stack()) * sizeof(uint32_t); }
};

/// The instructions that wait for the next character, the preferred ones first.
struct Threads {
  uint32_t* first;
  size_t thread_size;
  size_t count = 0;
  uint32_t& at(size_t i) { return first[i * thread_size]; }           ///< the instruction of thread i
  uint32_t* bounds(size_t i) { return first + i * thread_size + 1; }  ///< and the bounds of its groups
};

class Search {
 public:
  Search(Vm& vm, Regex& regex, std::string_view text, ByteStorage* room)
      : vm_(vm), regex_(regex), text_(text), layout_(regex) {
    auto* numbers = reinterpret_cast<uint32_t*>(room->data());
    seen_ = numbers;
    now_ = {numbers + layout_.instructions, layout_.thread()};
    then_ = {now_.first + layout_.threads(), layout_.thread()};
    stack_ = then_.first + layout_.threads();
    std::fill_n(seen_, layout_.instructions, 0);
  }

  Result<bool> run(size_t from, Regex::Anchor anchor, Regex::Span* found) {
    bool matched = false;
    round_ = 1;
    for (size_t at = from;; at += length_) {
      TRY(vm_.poll());
      if (now_.count == 0 && !matched && anchor == Regex::Anchor::Nowhere) at = TRY(skip(at));
      if (!matched && (anchor == Regex::Anchor::Nowhere || at == from)) {
        std::fill_n(bounds_, layout_.bounds, Regex::Span::kNowhere);
        follow(now_, 0, at);
      }
      const bool may_begin = anchor == Regex::Anchor::Nowhere && !matched && at < text_.size();
      if (now_.count == 0 && !may_begin) return matched;
      matched |= step(at, found);
      if (at == text_.size()) return matched;
      std::swap(now_, then_);
    }
  }

 private:
  /// The next place where a match can begin.
  Result<size_t> skip(size_t at) {
    const auto begins_none = [&](char c) {
      const auto byte = static_cast<uint8_t>(c);
      return !(regex_.first_bytes[byte / 64] >> byte % 64 & 1);
    };
    return at + TRY(count_while(vm_, text_.substr(at), begins_none));
  }

  /// Adds to `threads` the instructions that wait for a character and are reached from one without any, if they are not
  /// there yet. `bounds_` are the bounds on the way there.
  void follow(Threads& threads, uint32_t from, size_t at) {
    constexpr uint32_t kRestore = UINT32_MAX;  // on the stack, above a bound and its number
    size_t top = 0;
    uint32_t pc = from;
    while (true) {
      if (seen_[pc] != round_) {
        seen_[pc] = round_;
        const Regex::Instruction& instruction = regex_.instructions()[pc];
        switch (instruction.op) {
          case Op::Split:
            stack_[top++] = pc + instruction.y;
            [[fallthrough]];
          case Op::Jump:
            pc += instruction.x;
            continue;
          case Op::Save:
            stack_[top++] = bounds_[instruction.x];
            stack_[top++] = static_cast<uint32_t>(instruction.x);
            stack_[top++] = kRestore;
            bounds_[instruction.x] = static_cast<uint32_t>(at);
            pc++;
            continue;
          case Op::Begin:
          case Op::End:
            if (at != (instruction.op == Op::Begin ? 0 : text_.size())) break;
            pc++;
            continue;
          case Op::Edge:
          case Op::Inner:
            if (is_edge(at) != (instruction.op == Op::Edge)) break;
            pc++;
            continue;
          default:
            threads.at(threads.count) = pc;
            std::copy_n(bounds_, layout_.bounds, threads.bounds(threads.count++));
        }
      }
      for (; top > 0 && stack_[top - 1] == kRestore; top -= 3) bounds_[stack_[top - 2]] = stack_[top - 3];
      if (top == 0) return;
      pc = stack_[--top];
    }
  }

  /// Takes the threads past the character at `at`. True: one of them has matched, before that; those it was preferred
  /// to end.
  bool step(size_t at, Regex::Span* found) {
    const bool at_end = at == text_.size();
    const bool wide = regex_.unit == Regex::Unit::CodePoint;
    length_ = at_end ? 0 : wide ? sequence_length(text_[at]) : 1;
    const uint32_t c = at_end ? 0 : length_ == 1 ? static_cast<uint8_t>(text_[at]) : decode_utf8(&text_[at]);
    then_.count = 0;
    round_++;
    for (size_t i = 0; i < now_.count; i++) {
      const uint32_t pc = now_.at(i);
      const Regex::Instruction& instruction = regex_.instructions()[pc];
      const uint32_t* bounds = now_.bounds(i);
      if (instruction.op == Op::Match) {
        for (size_t group = 0; group <= regex_.groups; group++)
          found[group] = {bounds[2 * group], bounds[2 * group + 1]};
        for (size_t group = 1; group <= regex_.groups; group++)
          if (found[group].end == Regex::Span::kNowhere) found[group] = {};
        return true;
      }
      if (at_end || !takes(instruction, c)) continue;
      std::copy_n(bounds, layout_.bounds, bounds_);
      follow(then_, pc + 1, at + length_);
    }
    return false;
  }

  /// Whether a word begins or ends at `at`. (Characters of several bytes are in none.)
  bool is_edge(size_t at) const {
    const auto is_word = [this](size_t i) {
      return i < text_.size() && is_word_character(static_cast<uint8_t>(text_[i]));
    };
    return (at > 0 && is_word(at - 1)) != is_word(at);
  }

  bool takes(const Regex::Instruction& instruction, uint32_t c) {
    if (instruction.op == Op::Any) return true;
    if (instruction.op == Op::Char) return static_cast<uint32_t>(instruction.x) == c;
    const Regex::Set& set = regex_.sets()[instruction.x];
    if (c < 0x80) return set.ascii[c / 64] >> c % 64 & 1;
    const Regex::Range* first = regex_.ranges() + set.first_range;
    const Regex::Range* end = first + set.range_count;
    const Regex::Range* range = std::lower_bound(first, end, c, [](Regex::Range r, uint32_t c) { return r.last < c; });
    return (range != end && range->first <= c) != set.negated;
  }

  Vm& vm_;
  Regex& regex_;
  const std::string_view text_;
  const Layout layout_;
  Threads now_{}, then_{};  ///< those that wait at the present place, and at the next
  uint32_t* seen_;          ///< by instruction: the round in which it was last reached
  uint32_t* stack_;         ///< of follow
  uint32_t round_ = 0;      ///< one for each place in the text
  size_t length_ = 0;       ///< of the character that was taken last, in bytes
  uint32_t bounds_[2 * (1 + Regex::kMaxGroups)];
};

}  // namespace

Result<void> Regex::keep_room(Vm& vm) {
  const size_t bytes = Layout(*this).bytes();
  if (bytes <= kKeptRoom) room = TRY(vm.allocate_bytes(bytes));
  return {};
}

size_t Regex::bytes(Vm& vm) const { return vm.heap.size_of(this) + (room ? vm.heap.size_of(room) : 0); }

Result<bool> Regex::find(Vm& vm, std::string_view text, size_t from, Anchor anchor, Span* found) {
  if (instructions()[1].op == Op::Begin) anchor = Anchor::Start;  // behind the Save of the whole match
  ByteStorage* own = std::exchange(room, nullptr);  // a search that a callback makes meanwhile has other room
  if (!own) own = TRY(vm.allocate_bytes(Layout(*this).bytes()));
  Result<bool> matched = Search(vm, *this, text, own).run(from, anchor, found);
  if (Layout(*this).bytes() <= kKeptRoom)
    room = own;
  else
    vm.heap.free(own);
  return matched;
}

}  // namespace upy
