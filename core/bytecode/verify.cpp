#include "bytecode/verify.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "bytecode/blob.h"
#include "bytecode/opcode_info.h"
#include "bytecode/register_flow.h"
#include "bytecode/register_use.h"
#include "bytecode/utf8.h"

namespace upy {
namespace {

using Problem = std::optional<std::string>;

// The result of the first check that finds a problem.
#define CHECK(condition, text) \
  if (!(condition)) return Problem(text)
#define CHECK_ALL(problem) \
  if (Problem found = (problem)) return found

bool is_small(int64_t value) { return value >= kSmallIntMin && value <= kSmallIntMax; }

Problem check_big_int(std::string_view text) {
  const size_t sign = text.starts_with('-');
  const std::string_view digits = text.substr(sign);
  CHECK(!digits.empty() && digits[0] != '0' && digits.find_first_not_of("0123456789abcdef") == digits.npos,
        "constant: malformed integer");
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  CHECK(error == std::errc::result_out_of_range || !is_small(value), "constant: small integer stored as a big one");
  return std::nullopt;
}

Problem check_constant(const Constant& constant, int depth) {
  switch (constant.kind) {
    case Constant::Kind::None:
    case Constant::Kind::False:
    case Constant::Kind::True:
    case Constant::Kind::Ellipsis:
    case Constant::Kind::Float:
    case Constant::Kind::Imaginary:
    case Constant::Kind::Bytes:
      return std::nullopt;
    case Constant::Kind::Int:
      CHECK(is_small(constant.integer), "constant: big integer stored as a small one");
      return std::nullopt;
    case Constant::Kind::BigInt:
      return check_big_int(constant.text);
    case Constant::Kind::Str:
      CHECK(is_utf8_or_surrogates(constant.text), "constant: text that is not UTF-8");
      return std::nullopt;
    case Constant::Kind::Tuple:
      CHECK(depth < kMaxUnitNesting, "constant: tuples nest too deep");
      for (const Constant& item : constant.items) CHECK_ALL(check_constant(item, depth + 1));
      return std::nullopt;
  }
  return "constant: unknown kind";
}

/// Checks one unit but not its children.
class Verifier {
 public:
  Verifier(const CodeUnit& unit, const CodeUnit* parent, Meter& meter) : unit_(unit), parent_(parent), meter_(meter) {}

  Problem check() {
    CHECK_ALL(check_signature());
    CHECK_ALL(check_tables());
    CHECK_ALL(check_captures());
    CHECK(!unit_.code.empty(), "no code");
    CHECK(unit_.code.size() <= INT32_MAX, "too much code");
    CHECK(meter_.charge(unit_.sites.size() * sizeof(Op) + unit_.parameters.size() * sizeof(std::string_view)),
          kOutOfMemory);
    site_users_.assign(unit_.sites.size(), Op::NOP);
    for (size_t at = 0; at < unit_.code.size(); ++at) {
      CHECK(at % kInstructionsPerPoll != 0 || meter_.poll(), kAbandoned);
      if (Problem problem = check_instruction(at)) return "instruction " + std::to_string(at) + ": " + *problem;
    }
    CHECK(never_falls_through(unit_.code.back().op), "code goes on after its end");
    CHECK_ALL(check_handlers());
    CHECK_ALL(check_lines());
    return check_register_flow(unit_, meter_);
  }

 private:
  static constexpr size_t kInstructionsPerPoll = 4096;

  bool has(CodeUnit::Flags flag) const { return (unit_.flags & flag) != 0; }

  Problem check_signature() const {
    constexpr uint8_t kKnown = CodeUnit::kGenerator | CodeUnit::kVarArgs | CodeUnit::kVarKeywords |
                               CodeUnit::kClassBody | CodeUnit::kNamespace | CodeUnit::kCoroutine |
                               CodeUnit::kAsyncGenerator;
    CHECK((unit_.flags & ~kKnown) == 0, "unknown flags");
    const size_t named = size_t{unit_.positional_count} + unit_.keyword_only_count;
    CHECK(unit_.parameters.size() == named + has(CodeUnit::kVarArgs) + has(CodeUnit::kVarKeywords),
          "parameters do not match their counts");
    CHECK(unit_.positional_only_count <= unit_.positional_count,
          "more positional-only parameters than positional ones");
    CHECK(unit_.parameters.size() <= unit_.register_count, "fewer registers than parameters");
    CHECK(!has(CodeUnit::kCoroutine) || has(CodeUnit::kGenerator), "coroutine that is no generator");
    CHECK(!has(CodeUnit::kAsyncGenerator) || has(CodeUnit::kGenerator), "asynchronous unit that is no generator");

    const bool has_namespace = has(CodeUnit::kClassBody) || has(CodeUnit::kNamespace);
    CHECK(!has_namespace || (unit_.parameters.size() == 1 && unit_.positional_count == 1 && !has(CodeUnit::kGenerator)),
          "a unit with a namespace has one parameter");
    if (parent_ != nullptr) {
      CHECK(!has(CodeUnit::kNamespace), "only a module has a namespace parameter");
    } else {
      CHECK((unit_.flags & ~CodeUnit::kNamespace) == 0 && unit_.parameters.size() == has_namespace,
            "a module has no parameters");
    }
    return check_parameter_names();
  }

  Problem check_parameter_names() const {
    std::vector<std::string_view> names;
    for (const uint32_t name : unit_.parameters) {
      CHECK(name < unit_.names.size(), "parameter name out of range");
      names.push_back(unit_.names[name]);
    }
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end(), "two parameters of the same name");
    return std::nullopt;
  }

  Problem check_tables() const {
    CHECK(is_utf8(unit_.name) && is_utf8(unit_.file), "name or file that is not UTF-8");
    for (const std::string& name : unit_.names) {
      CHECK(name.size() <= kMaxNameBytes, "name too long");
      CHECK(is_utf8(name), "name that is not UTF-8");
    }
    for (const uint32_t name : unit_.sites) CHECK(name < unit_.names.size(), "site name out of range");
    for (const Constant& constant : unit_.constants) CHECK_ALL(check_constant(constant, 1));
    return std::nullopt;
  }

  Problem check_captures() const {
    CHECK(parent_ != nullptr || unit_.captures.empty(), "a module captures nothing");
    for (const Capture& capture : unit_.captures) {
      CHECK(capture.index < (capture.from_free ? parent_->captures.size() : parent_->register_count),
            "capture out of range");
    }
    return std::nullopt;
  }

  Problem check_instruction(size_t at) {
    const Instr& instr = unit_.code[at];
    CHECK(static_cast<size_t>(instr.op) < kOpCount, "unknown operation");
    CHECK(is_legal_k(instr.op, instr.k), "illegal k");
    const OpInfo& op = info(instr.op);
    CHECK(op.flow != Flow::Yields || has(CodeUnit::kGenerator), "yield outside of a generator");
    CHECK_ALL(check_operand(op.a, instr.a, at));
    CHECK_ALL(check_operand(op.b, instr.b, at));
    if (!is_wide(instr.op)) CHECK_ALL(check_operand(op.c, instr.c, at));
    return check_registers(instr);
  }

  Problem check_registers(const Instr& instr) const {
    const RegisterUses uses = register_uses(instr);
    for (const RegisterUse& use : uses) CHECK(use.first + use.count <= unit_.register_count, "register out of range");
    const bool is_idle_zero =
        !(uses.idle_a && instr.a != 0) && !(uses.idle_b && instr.b != 0) && !(uses.idle_c && instr.c != 0);
    CHECK(is_idle_zero, "unused operand that is not zero");
    return std::nullopt;
  }

  Problem check_operand(Operand kind, [[maybe_unused]] uint16_t n, size_t at) {
    switch (kind) {
#define INDEX(name, table, what)                         \
  case Operand::name:                                    \
    CHECK(n < unit_.table.size(), what " out of range"); \
    break;
#define NUMBER(name, legal, meaning)                  \
  case Operand::name:                                 \
    CHECK(legal, meaning " operand is out of range"); \
    break;
#include "defs/opcodes.def"
      default:
        break;
    }
    if (kind == Operand::Site) return check_site(unit_.code[at].op, n);
    return family(kind) == OperandFamily::Jump ? check_jump(at) : std::nullopt;
  }

  Problem check_site(Op op, uint16_t site) {
    if (site_users_[site] == Op::NOP) site_users_[site] = op;
    CHECK(site_users_[site] == op, "site of another operation");
    return std::nullopt;
  }

  Problem check_jump(size_t at) const {
    const int64_t target = jump_target(unit_.code[at], at);
    CHECK(target >= 0 && target < static_cast<int64_t>(unit_.code.size()), "jump out of the code");
    const bool is_behind = target <= static_cast<int64_t>(at);
    CHECK(is_behind == jumps_backward(unit_.code[at].op), "jump in the wrong direction");
    return std::nullopt;
  }

  Problem check_handlers() const {
    for (const Handler& handler : unit_.handlers) {
      CHECK(handler.start < handler.end && handler.end <= handler.target && handler.target < unit_.code.size(),
            "handler out of order");
      CHECK(handler.reg < unit_.register_count, "handler register out of range");
    }
    return std::nullopt;
  }

  Problem check_lines() const {
    for (size_t i = 0; i < unit_.lines.size(); ++i) {
      CHECK(unit_.lines[i].start < unit_.code.size(), "line beyond the code");
      CHECK(i == 0 || unit_.lines[i - 1].start < unit_.lines[i].start, "lines out of order");
    }
    return std::nullopt;
  }

  const CodeUnit& unit_;
  const CodeUnit* parent_;
  Meter& meter_;
  std::vector<Op> site_users_;  // per site the operation that uses it; NOP: none yet
};

#undef CHECK
#undef CHECK_ALL

}  // namespace

std::optional<std::string> verify(const CodeUnit& unit, Meter& meter) {
  struct Todo {
    const CodeUnit *unit, *parent;
    int depth;
  };
  std::vector<Todo> todo = {{&unit, nullptr, 1}};
  while (!todo.empty()) {
    const Todo next = todo.back();
    todo.pop_back();
    if (next.depth > kMaxUnitNesting) return "units nest too deep";
    Problem problem = Verifier(*next.unit, next.parent, meter).check();
    if (problem) return "in '" + next.unit->name + "': " + *problem;
    if (!meter.charge(next.unit->children.size() * sizeof(Todo))) return kOutOfMemory;
    for (const CodeUnit& child : next.unit->children) todo.push_back({&child, next.unit, next.depth + 1});
  }
  return std::nullopt;
}

}  // namespace upy
