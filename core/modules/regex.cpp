#include "modules/regex.h"

#include <algorithm>
#include <memory>
#include <string>

#include "objects/text.h"
#include "objects/utf8.h"

namespace upy {
namespace {

/// Says a pattern of MicroPython's dialect in RE2's. One that ends too early does so in RE2's too, which then refuses
/// it.
class Translator {
 public:
  Translator(std::string_view source, Regex::Unit unit) : rest_(source), unit_(unit) {}

  std::string translate() {
    while (!rest_.empty()) {
      if (skip('['))
        put_set();
      else if (is_class())
        out_.append("[").append(take_class()).append("]");
      else if (skip('\\') || rest_[0] == '{' || rest_[0] == '}')
        put_literal();
      else
        put(1);
    }
    return std::move(out_);
  }

 private:
  bool skip(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void put(size_t bytes) {
    out_ += rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
  }

  /// The next character, for itself. At the end a lone backslash, which is an error.
  void put_literal() {
    if (rest_.empty()) {
      out_ += '\\';
      return;
    }
    const char c = rest_[0];
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii && !is_alpha(c) && !is_digit(c) && c != '_') out_ += '\\';
    put(unit_ == Regex::Unit::CodePoint ? std::min(sequence_length(c), rest_.size()) : 1);
  }

  /// Whether \d or another class comes next.
  bool is_class() const {
    return rest_.size() > 1 && rest_[0] == '\\' && std::string_view("dDsSwW").find(rest_[1]) != std::string_view::npos;
  }

  /// The class as a member of a set. (RE2's own \s has no vertical tab.)
  std::string_view take_class() {
    const char name = rest_[1];
    rest_.remove_prefix(2);
    switch (name) {
      case 'd':
        return "[:digit:]";
      case 'D':
        return "[:^digit:]";
      case 's':
        return "[:space:]";
      case 'S':
        return "[:^space:]";
      case 'w':
        return "[:word:]";
      default:
        return "[:^word:]";
    }
  }

  /// What follows a [. A set may be empty.
  void put_set() {
    const bool negated = skip('^');
    if (skip(']')) {
      out_ += negated ? "[\\s\\S]" : "[^\\s\\S]";
      return;
    }
    out_ += negated ? "[^" : "[";
    while (!rest_.empty() && rest_[0] != ']') put_member();
    if (skip(']')) out_ += ']';
  }

  /// A class, a character or a range. A hyphen before the ] is one, and so is a backslash behind a hyphen.
  void put_member() {
    if (is_class()) {
      out_ += take_class();
      return;
    }
    skip('\\');
    put_literal();
    if (rest_.size() < 2 || rest_[0] != '-' || rest_[1] == ']') return;
    put(1);
    put_literal();
  }

  std::string_view rest_;
  const Regex::Unit unit_;
  std::string out_;
};

constexpr size_t kMaxSource = 16 << 10;  ///< bytes of a pattern's text

/// What RE2 may use for the program and what it remembers of searches: enough for any pattern that is not made to be
/// large, whose program takes some bytes for each of the pattern's.
size_t memory_for(std::string_view source) {
  constexpr size_t kLeast = 16 << 10, kForEachByte = 128, kMost = 64 << 10;
  return std::min(kLeast + kForEachByte * source.size(), kMost);
}

/// What RE2 may use for the states of a search: for each instruction one, which remembers where the groups are.
size_t memory_for_states(const RE2& program) {
  constexpr size_t kForEachState = 104, kForEachGroup = 2 * sizeof(char*);
  const auto size = static_cast<size_t>(program.ProgramSize());
  const auto groups = 1 + static_cast<size_t>(program.NumberOfCapturingGroups());
  return size * (kForEachState + kForEachGroup * groups);
}

/// Charges the instance; if that is too much, once more without the patterns that nobody refers to any longer.
Result<void> charge(Vm& vm, size_t bytes) {
  if (vm.heap.charge(bytes)) return {};
  if (vm.heap.automatic() && vm.heap.lock_depth() == 0) vm.heap.collect();
  if (!vm.heap.charge(bytes)) return vm.too_large(bytes);
  return {};
}

}  // namespace

Result<Regex*> Regex::make(Vm& vm, std::string_view source, Unit unit) {
  TRY(vm.check_stack());
  if (source.size() > kMaxSource) return vm.raise(Error::regex_too_complex);
  const size_t memory = memory_for(source);
  if (vm.heap.lock_depth() > 0) return vm.too_large(memory);
  TRY(charge(vm, memory));
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<int64_t>(memory));
  options.set_dot_nl(true);
  options.set_encoding(unit == Unit::CodePoint ? RE2::Options::EncodingUTF8 : RE2::Options::EncodingLatin1);
  std::unique_ptr<Regex> regex(new Regex(vm.heap, memory, Translator(source, unit).translate(), options));
  const bool too_large = regex->program_.error_code() == RE2::ErrorPatternTooLarge || regex->groups() > kMaxGroups;
  if (too_large) return vm.raise(Error::regex_too_complex);
  if (!regex->program_.ok()) return vm.raise(Error::regex_error);
  return regex.release();
}

Result<bool> Regex::match(Vm& vm, std::string_view text, size_t from, RE2::Anchor anchor,
                          re2::StringPiece* found) const {
  const size_t states = memory_for_states(program_);
  TRY(charge(vm, states));
  const bool matched = program_.Match({text.data(), text.size()}, from, text.size(), anchor, found, 1 + groups());
  heap_.discharge(states);
  return matched;
}

}  // namespace upy
