// Conditions: expressions of which only the truth matters become jumps, without a value in between.
#include "bytecode/opcode_info.h"
#include "compiler/back/generator.h"
#include "compiler/front/operators.h"

namespace upy {

void Generator::branch(ast::Expr& test, Sense sense, Label& label) {
  switch (test.kind) {
    case ast::Expr::Kind::LiteralExpr: {
      const bool is_true = ast::as<ast::LiteralExpr>(test).value.truth();
      if (is_true == (sense == Sense::IfTrue)) emitter_.jump(label);
      return;
    }
    case ast::Expr::Kind::Unary:
      if (auto& unary = ast::as<ast::Unary>(test); unary.op == ast::UnaryOp::Not) {
        return branch(*unary.operand, opposite(sense), label);
      }
      break;
    case ast::Expr::Kind::Logical:
      return branch_logical(ast::as<ast::Logical>(test), sense, label);
    case ast::Expr::Kind::Compare:
      return branch_compare(ast::as<ast::Compare>(test), sense, label);
    default:
      break;
  }
  const Temporaries temporaries(*this);
  const Reg value = operand(test);
  at(test.at);
  emitter_.jump_if(sense, value, label);
}

void Generator::branch_logical(ast::Logical& node, Sense sense, Label& label) {
  const Sense decides = node.op == ast::LogicalOp::And ? Sense::IfFalse : Sense::IfTrue;
  if (decides == sense) {
    for (ast::Expr* operand : node.operands) branch(*operand, sense, label);
    return;
  }
  // An operand that decides against the jump ends the test.
  Label end(emitter_);
  for (ast::Expr* operand : node.operands.first(node.operands.size() - 1)) branch(*operand, decides, end);
  branch(*node.operands.back(), sense, label);
  emitter_.bind(end);
}

void Generator::branch_compare(ast::Compare& node, Sense sense, Label& label) {
  const Temporaries temporaries(*this);
  Reg left = held(*node.first, {node.rest[0].operand});
  Label end(emitter_);
  Label& if_false = sense == Sense::IfFalse ? label : end;
  for (size_t i = 0; i + 1 < node.rest.size(); ++i) {
    const Reg right = held(*node.rest[i].operand, {node.rest[i + 1].operand});
    branch_step(node.rest[i].op, left, right, Sense::IfFalse, if_false, node.at);
    left = right;
  }
  branch_step(node.rest.back().op, left, *node.rest.back().operand, sense, label, node.at);
  emitter_.bind(end);
}

void Generator::branch_step(ast::CompareOp op, Reg left, ast::Expr& right, Sense sense, Label& label,
                            ast::Position at) {
  const Comparison comparison = comparison_of(op);
  const auto* literal = ast::cast<ast::LiteralExpr>(&right);
  if (literal == nullptr || comparison.jump == Op::NOP) {
    const Temporaries temporaries(*this);
    return branch_step(op, left, operand(right), sense, label, at);
  }
  this->at(at);
  emitter_.compare_jump(constant_form(comparison.jump), left, emitter_.constant(literal->value),
                        comparison.is_negated ? opposite(sense) : sense, label);
}

void Generator::branch_step(ast::CompareOp op, Reg left, Reg right, Sense sense, Label& label, ast::Position at) {
  const Comparison comparison = comparison_of(op);
  if (comparison.is_negated) sense = opposite(sense);
  this->at(at);
  if (comparison.jump != Op::NOP) return emitter_.compare_jump(comparison.jump, left, right, sense, label);
  const Temporaries temporaries(*this);
  const Reg result = take();
  emitter_.emit(comparison.value, result, left, right);
  emitter_.jump_if(sense, result, label);
}

}  // namespace upy
