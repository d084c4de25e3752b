#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "bytecode/code_unit.h"

/// Changes code in ways that no compiler would: instructions, tables, handlers. Everything follows from the seed.
class Forger {
 public:
  explicit Forger(uint64_t seed) : random_(seed) {}

  /// A variant of `unit` that verifies, if one was found. What the verifier objects to is taken back or replaced, so
  /// that most variants pass it.
  std::optional<upy::CodeUnit> forge(const upy::CodeUnit& unit);
  /// A number below `limit`, which is not 0; small ones are as likely as all others together.
  size_t number(size_t limit);
  /// True once in `n` times.
  bool one_in(size_t n) { return below(n) == 0; }

 private:
  size_t below(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random_); }

  void write_anew(upy::CodeUnit& unit, upy::CodeUnit& original);
  void change(upy::CodeUnit& unit);
  void change_instruction(upy::CodeUnit& unit);
  void change_run(upy::CodeUnit& unit);
  void change_handlers(upy::CodeUnit& unit);
  void change_table(upy::CodeUnit& unit);
  void change_signature(upy::CodeUnit& unit);
  upy::Instr any_instruction(upy::CodeUnit& unit, size_t at);
  uint16_t any_operand(upy::CodeUnit& unit, upy::Operand kind, size_t at, int32_t& wide);
  uint16_t any_register(const upy::CodeUnit& unit);
  bool repair(upy::CodeUnit& unit, const upy::CodeUnit& original, const std::string& problem);

  std::mt19937_64 random_;
};
