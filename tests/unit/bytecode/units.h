#pragma once

#include <string>
#include <vector>

#include "bytecode/code_unit.h"

namespace upy::testing {

/// A module of `code` with `registers` registers, the names "a" and "b" with a site each, the constant None and,
/// as its only child, a function `f(x)` that returns its parameter.
inline CodeUnit module_of(std::vector<Instr> code, uint16_t registers = 4) {
  CodeUnit child;
  child.name = "f";
  child.file = "test.py";
  child.first_line = 2;
  child.positional_count = 1;
  child.register_count = 1;
  child.parameters = {0};
  child.names = {"x"};
  child.code = {Instr(Op::RETURN, 0, 0, 0, 0)};
  child.lines = {{0, 3}};

  CodeUnit unit;
  unit.name = "<module>";
  unit.file = "test.py";
  unit.first_line = 1;
  unit.register_count = registers;
  unit.names = {"a", "b"};
  unit.sites = {0, 1};
  unit.constants.emplace_back();
  unit.code = std::move(code);
  unit.lines = {{0, 1}};
  unit.children.push_back(child);
  return unit;
}

inline Instr op(Op op, uint16_t a = 0, uint16_t b = 0, uint16_t c = 0, uint8_t k = 0) { return Instr(op, k, a, b, c); }
inline Instr set(uint16_t reg) { return op(Op::LOAD_SINGLETON, reg, 0, 0, 1); }
inline Instr unset(uint16_t reg) { return op(Op::LOAD_SINGLETON, reg, 0, 0, 0); }
inline Instr jump(Op op, int32_t offset, uint16_t reg = 0) { return Instr(op, 0, reg, offset); }
inline Instr return_none() { return op(Op::RETURN_NONE); }

inline Constant text_constant(Constant::Kind kind, std::string text) {
  Constant constant;
  constant.kind = kind;
  constant.text = std::move(text);
  return constant;
}

inline Constant int_constant(int64_t value) {
  Constant constant;
  constant.kind = Constant::Kind::Int;
  constant.integer = value;
  return constant;
}

inline Constant float_constant(double value) {
  Constant constant;
  constant.kind = Constant::Kind::Float;
  constant.number = value;
  return constant;
}

inline Constant tuple_constant(std::vector<Constant> items) {
  Constant constant;
  constant.kind = Constant::Kind::Tuple;
  constant.items = std::move(items);
  return constant;
}

}  // namespace upy::testing
