#pragma once

/// The vocabulary of the instructions in dispatch.cpp, which alone includes it: its local variables are meant.

#define NEXT()                                  \
  do {                                          \
    i = pc++;                                   \
    checks.before(*this, *i, R);                \
    goto* kLabels[static_cast<uint8_t>(i->op)]; \
  } while (0)
#define CASE(name) L_##name:
#define SAVE() (frame->pc = pc)
#define FAIL() goto unwind
#define NAME(site) (frame->code->name_at((site).name))
#define CHECK(...)                      \
  ({                                    \
    auto check_result_ = (__VA_ARGS__); \
    if (!check_result_) [[unlikely]]    \
      FAIL();                           \
    *check_result_;                     \
  })
#define LOAD_FRAME()                    \
  do {                                  \
    frame = frame_;                     \
    pc = frame->pc;                     \
    R = frame->base;                    \
    K = frame->code->constants;         \
    sites = frame->code->sites;         \
    globals = frame->function->globals; \
  } while (0)
/// The safepoint of backward jumps.
#define SAFEPOINT()                                             \
  do {                                                          \
    if (reasons.load(std::memory_order_relaxed)) [[unlikely]] { \
      SAVE();                                                   \
      CHECK(handle_reasons());                                  \
    }                                                           \
  } while (0)

// Binary operators: FAST_BOTH for those that have a fast path for integers and floats, FAST_INTS for integers only.
#define BINARY(name, op, right, fast)                                    \
  CASE(name) {                                                           \
    Value left = R[i->b], other = right, result;                         \
    if (fast) {                                                          \
      R[i->a] = result;                                                  \
      NEXT();                                                            \
    }                                                                    \
    SAVE();                                                              \
    R[i->a] = CHECK(binary_slowly(*this, BinaryOp::op, i, left, other)); \
    NEXT();                                                              \
  }
#define FAST_BOTH(Fast) \
  (both_ints(left, other) ? Fast::ints(left, other, result) : fast_floats<Fast>(left, other, result))
#define FAST_INTS(Fast) (both_ints(left, other) && Fast::ints(left, other, result))
#define BINARIES(name, op, fast)  \
  BINARY(name, op, R[i->c], fast) \
  BINARY(name##_K, op, K[i->c], fast)

// Comparisons, as values and as jumps.
#define FAST_COMPARE(sign)                                                              \
  if (both_ints(left, other)) {                                                         \
    answer = static_cast<int64_t>(left.bits()) sign static_cast<int64_t>(other.bits()); \
  } else if (left.is_immediate_float() && other.is_immediate_float()) {                 \
    answer = left.as_immediate_float() sign other.as_immediate_float();                 \
  }
#define FAST_EQUAL(sign)                               \
  FAST_COMPARE(sign)                                   \
  else if (bool same; fast_equal(left, other, same)) { \
    answer = same sign true;                           \
  }
#define COMPARE(name, op, right, fast)                           \
  CASE(name) {                                                   \
    Value left = R[i->b], other = right;                         \
    bool answer;                                                 \
    fast else {                                                  \
      SAVE();                                                    \
      R[i->a] = CHECK(binary(*this, BinaryOp::op, left, other)); \
      NEXT();                                                    \
    }                                                            \
    R[i->a] = Value::boolean(answer);                            \
    NEXT();                                                      \
  }
#define COMPARE_JUMP(name, op, right, fast)                             \
  CASE(name) {                                                          \
    Value left = R[i->a], other = right;                                \
    bool answer;                                                        \
    fast else {                                                         \
      SAVE();                                                           \
      answer = CHECK(compare_slowly(*this, BinaryOp::op, left, other)); \
    }                                                                   \
    if (answer == i->k) pc += i->offset();                              \
    NEXT();                                                             \
  }
#define COMPARES(name, op, fast)               \
  COMPARE(name, op, R[i->c], fast)             \
  COMPARE(name##_K, op, K[i->c], fast)         \
  COMPARE_JUMP(JUMP_##name, op, R[i->b], fast) \
  COMPARE_JUMP(JUMP_##name##_K, op, K[i->b], fast)
