#include "bytecode/disassembler.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "bytecode/opcode_info.h"

namespace upy {
namespace {

void append_number(std::string& out, double number) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  const std::string_view text(digits, end - digits);
  out += text;
  if (text.find_first_not_of("-0123456789") == text.npos) out += ".0";
}

void append_quoted(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '\'';
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\'' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      ((out += "\\x") += kHex[byte >> 4]) += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '\'';
}

void append_constant(std::string& out, const Constant& constant) {
  switch (constant.kind) {
    case Constant::Kind::None:
      out += "None";
      break;
    case Constant::Kind::False:
      out += "False";
      break;
    case Constant::Kind::True:
      out += "True";
      break;
    case Constant::Kind::Ellipsis:
      out += "...";
      break;
    case Constant::Kind::Int:
      out += std::to_string(constant.integer);
      break;
    case Constant::Kind::BigInt: {
      const size_t sign = constant.text.starts_with('-');
      out.append(constant.text, 0, sign).append("0x").append(constant.text, sign);
      break;
    }
    case Constant::Kind::Float:
      append_number(out, constant.number);
      break;
    case Constant::Kind::Imaginary:
      append_number(out, constant.number);
      out += 'j';
      break;
    case Constant::Kind::Bytes:
      out += 'b';
      [[fallthrough]];
    case Constant::Kind::Str:
      append_quoted(out, constant.text);
      break;
    case Constant::Kind::Tuple:
      out += '(';
      for (const Constant& item : constant.items) {
        append_constant(out, item);
        if (&item != &constant.items.back()) out += ", ";
      }
      if (constant.items.size() == 1) out += ',';
      out += ')';
      break;
  }
}

/// Lists one unit; the children are listed by further objects.
class Lister {
 public:
  Lister(std::string& out, const CodeUnit& unit) : out_(out), unit_(unit) {}

  void list() {
    heading();
    captures();
    size_t line = 0;
    for (size_t at = 0; at < unit_.code.size(); ++at) {
      for (; line < unit_.lines.size() && unit_.lines[line].start <= at; ++line) {
        out_ += "  line " + std::to_string(unit_.lines[line].line) + "\n";
      }
      instruction(at);
    }
    handlers();
    for (const CodeUnit& child : unit_.children) {
      out_ += '\n';
      Lister(out_, child).list();
    }
  }

 private:
  void heading() {
    out_ += unit_.name + " (" + unit_.file + ":" + std::to_string(unit_.first_line) + ")";
    out_ += " registers=" + std::to_string(unit_.register_count);
    static constexpr struct {
      uint8_t flag;
      std::string_view text;
    } kFlags[] = {{CodeUnit::kGenerator, " generator"},
                  {CodeUnit::kCoroutine, " coroutine"},
                  {CodeUnit::kAsyncGenerator, " asynchronous"},
                  {CodeUnit::kClassBody, " class-body"},
                  {CodeUnit::kNamespace, " namespace"}};
    for (const auto& [flag, text] : kFlags) {
      if (unit_.flags & flag) out_ += text;
    }
    out_ += '\n';
    if (unit_.parameters.empty()) return;
    out_ += "  parameters";
    for (size_t i = 0; i < unit_.parameters.size(); ++i) {
      out_ += ' ';
      out_ += parameter_mark(i);
      out_ += unit_.names[unit_.parameters[i]] + "=r" + std::to_string(i);
    }
    out_ += '\n';
  }

  std::string_view parameter_mark(size_t i) const {
    const size_t named = unit_.positional_count + unit_.keyword_only_count;
    if (i < unit_.positional_only_count) return "positional-only ";
    if (i < unit_.positional_count) return "";
    if (i < named) return "keyword-only ";
    return i == named && (unit_.flags & CodeUnit::kVarArgs) ? "*" : "**";
  }

  void captures() {
    for (size_t i = 0; i < unit_.captures.size(); ++i) {
      const Capture& capture = unit_.captures[i];
      out_ += "  captured " + std::to_string(i) + " is the parent's ";
      out_ += (capture.from_free ? "captured " : "r") + std::to_string(capture.index) + "\n";
    }
  }

  void handlers() {
    for (const Handler& handler : unit_.handlers) {
      out_ += "  handler " + std::to_string(handler.start) + ".." + std::to_string(handler.end - 1) + " -> " +
              std::to_string(handler.target) + " r" + std::to_string(handler.reg) + "\n";
    }
  }

  void instruction(size_t at) {
    const Instr& instr = unit_.code[at];
    const OpInfo& op = info(instr.op);
    const std::string index = std::to_string(at);
    out_.append(6 - std::min<size_t>(index.size(), 6), ' ') += index + "  ";
    out_ += op.name;
    std::string operands;
    operand(operands, op.a, instr.a, at);
    operand(operands, op.b, instr.b, at);
    operand(operands, op.c, instr.c, at);
    if (instr.k != 0) separate(operands) += "k=" + std::to_string(instr.k);
    if (!operands.empty()) out_.append(18 - std::min<size_t>(op.name.size(), 17), ' ') += operands;
    out_ += '\n';
  }

  static std::string& separate(std::string& operands) { return operands += operands.empty() ? "" : ", "; }

  void operand(std::string& out, Operand kind, uint16_t n, size_t at) const {
    if (kind == Operand::None) return;
    separate(out);
    switch (family(kind)) {
      case OperandFamily::Register:
        out += "r" + std::to_string(n);
        break;
      case OperandFamily::Run:
        out += "r" + std::to_string(n) + "..";
        break;
      case OperandFamily::Index:
        entry(out, kind, n);
        break;
      case OperandFamily::Number:
        number(out, kind, n, at);
        break;
      case OperandFamily::Jump:
        out += "-> " + std::to_string(jump_target(unit_.code[at], at));
        break;
    }
  }

  void entry(std::string& out, Operand kind, uint16_t n) const {
    if (kind == Operand::Const) {
      append_constant(out, unit_.constants[n]);
    } else if (kind == Operand::Name) {
      out += unit_.names[n];
    } else if (kind == Operand::Site) {
      out += unit_.names[unit_.sites[n]];
    } else if (kind == Operand::Unit) {
      out += unit_.children[n].name + "#" + std::to_string(n);
    } else {
      out += "captured " + std::to_string(n);
    }
  }

  void number(std::string& out, Operand kind, uint16_t n, size_t at) const {
    if (kind == Operand::Imm32) {
      out += std::to_string(unit_.code[at].imm);
    } else if (kind == Operand::Count) {
      out += std::to_string(n);
    } else {
      out += std::to_string(low_count(n)) + "+" + std::to_string(high_count(n));
    }
  }

  std::string& out_;
  const CodeUnit& unit_;
};

}  // namespace

std::string disassemble(const CodeUnit& unit) {
  std::string out;
  Lister(out, unit).list();
  return out;
}

}  // namespace upy
