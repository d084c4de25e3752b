#pragma once

#include "bytecode/opcode.h"
#include "compiler/front/ast.h"

namespace upy {

/// The operation of a binary operator, in its form with a register.
constexpr Op op_of(ast::BinaryOp op) {
  constexpr Op kOps[] = {Op::ADD,    Op::SUB,    Op::MUL, Op::TRUE_DIV, Op::FLOOR_DIV, Op::MOD,   Op::POW,
                         Op::LSHIFT, Op::RSHIFT, Op::AND, Op::OR,       Op::XOR,       Op::MATMUL};
  static_assert(std::size(kOps) == static_cast<size_t>(ast::BinaryOp::MatrixMultiply) + 1);
  return kOps[static_cast<size_t>(op)];
}

/// How a comparison is carried out.
struct Comparison {
  Op value;         ///< gives its value; has a form with a constant except for IN and IS
  Op jump;          ///< jumps by its truth; NOP where there is no such operation
  bool is_negated;  ///< IN and IS: the opposite is meant
};

/// The operations of a comparison operator, in their forms with registers.
constexpr Comparison comparison_of(ast::CompareOp op) {
  switch (op) {
    case ast::CompareOp::Less:
      return {Op::LT, Op::JUMP_LT, false};
    case ast::CompareOp::LessEqual:
      return {Op::LE, Op::JUMP_LE, false};
    case ast::CompareOp::Greater:
      return {Op::GT, Op::JUMP_GT, false};
    case ast::CompareOp::GreaterEqual:
      return {Op::GE, Op::JUMP_GE, false};
    case ast::CompareOp::Equal:
      return {Op::EQ, Op::JUMP_EQ, false};
    case ast::CompareOp::NotEqual:
      return {Op::NE, Op::JUMP_NE, false};
    case ast::CompareOp::In:
      return {Op::IN, Op::NOP, false};
    case ast::CompareOp::NotIn:
      return {Op::IN, Op::NOP, true};
    case ast::CompareOp::Is:
      return {Op::IS, Op::JUMP_IS, false};
    case ast::CompareOp::IsNot:
      return {Op::IS, Op::JUMP_IS, true};
  }
  __builtin_unreachable();
}

}  // namespace upy
