#include <algorithm>
#include <cassert>

#include "bytecode/opcode_info.h"
#include "interpreter/arithmetic.h"
#include "interpreter/dispatch_macros.h"
#include "interpreter/fast_paths.h"
#include "interpreter/inline_cache.h"
#include "interpreter/instruction_checks.h"
#include "interpreter/instructions.h"
#include "interpreter/interpreter.h"
#include "interpreter/plain_calls.h"
#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/slice.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/model/receiver_watch.h"
#include "objects/model/super.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/bytes.h"

/// The dispatch loop.
///
/// `pc`, `R` and the like are copies of what the running Frame holds; SAVE() writes pc back before anything that may
/// raise, allocate or call, so that whoever looks at the frames sees them right. Fast paths stand here; everything else
/// is a call.
namespace upy {

namespace {

constexpr Value kSingletons[] = {Value(), Value::none(), Value::boolean(false), Value::boolean(true),
                                 Value::ellipsis()};

/// R[b] op R[c] in general; `operand` is the right one.
__attribute__((noinline)) Result<Value> binary_slowly(Vm& vm, BinaryOp op, const Instr* i, Value left, Value right) {
  if (i->k) op = static_cast<BinaryOp>(static_cast<int>(op) + static_cast<int>(BinaryOp::InPlaceAdd));
  return binary(vm, op, left, right);
}

/// Whether a comparison holds, in general.
__attribute__((noinline)) Result<bool> compare_slowly(Vm& vm, BinaryOp op, Value left, Value right) {
  Value answer = TRY(binary(vm, op, left, right));
  return truth(vm, answer);
}

}  // namespace

/// Runs frame_, an entry frame, until it returns. If an exception is pending already, it is raised in it first.
Result<Value> Interpreter::run() {
  static constexpr const void* kLabels[] = {
#define OP(name, a, b, c, k, effect, flow, meaning) &&L_##name,
#include "defs/opcodes.def"
  };

  Frame* frame;
  const Instr* pc;
  const Instr* i;
  Value* R;
  const Value* K;
  Site* sites;
  Dict* globals;

  // The call that is being made: see `do_call`.
  Value callee;
  Value* args;
  uint32_t positional, keywords;
  Value result;  // what is returned or yielded
  Step step;     // what comes of a call, return or yield: see `take_step`
  InstructionChecks checks;

  LOAD_FRAME();
  if (pending_) [[unlikely]]
    FAIL();
  NEXT();

  // ---- moving values ----

  CASE(NOP) { NEXT(); }
  CASE(MOVE) {
    R[i->a] = R[i->b];
    NEXT();
  }
  CASE(LOAD_CONST) {
    R[i->a] = K[i->b];
    NEXT();
  }
  CASE(LOAD_INT) {
    R[i->a] = Value::small_int(i->imm);
    NEXT();
  }
  CASE(LOAD_SINGLETON) {
    R[i->a] = kSingletons[i->k];
    NEXT();
  }
  CASE(CHECK_BOUND) {
    if (!R[i->a]) [[unlikely]] {
      SAVE();
      (void)raise(Error::unbound_local);
      FAIL();
    }
    NEXT();
  }

  // ---- names ----

  CASE(LOAD_GLOBAL) {
    Site& site = sites[i->c];
    if (site.guard == globals && site.version == globals->version) [[likely]] {
      R[i->a] = *reinterpret_cast<const Value*>(site.payload);
      NEXT();
    }
    SAVE();
    R[i->a] = CHECK(load_global(*this, library_, site, NAME(site), globals));
    NEXT();
  }
  CASE(STORE_GLOBAL) {
    Site& site = sites[i->c];
    if (site.guard == globals && site.version == globals->version) [[likely]] {
      *reinterpret_cast<Value*>(site.payload) = R[i->a];
      NEXT();
    }
    SAVE();
    CHECK(store_global(*this, site, NAME(site), globals, R[i->a]));
    NEXT();
  }
  CASE(DELETE_GLOBAL) {
    SAVE();
    CHECK(delete_global(*this, globals, NAME(sites[i->c])));
    NEXT();
  }
  CASE(LOAD_NAME) {
    SAVE();
    R[i->a] = CHECK(load_name(*this, library_.find_builtin, R[i->b], NAME(sites[i->c]), globals));
    NEXT();
  }
  CASE(STORE_NAME) {
    SAVE();
    CHECK(store_name(*this, R[i->b], NAME(sites[i->c]), R[i->a]));
    NEXT();
  }
  CASE(DELETE_NAME) {
    SAVE();
    CHECK(delete_name(*this, R[i->b], NAME(sites[i->c])));
    NEXT();
  }
  CASE(MAKE_CELL) {
    SAVE();
    R[i->a] = CHECK(make_cell(*this, R[i->a]));
    NEXT();
  }
  CASE(LOAD_CELL) {
    Value content = as_cell(R[i->b])->content;
    if (!content) [[unlikely]] {
      SAVE();
      (void)raise(Error::unbound_local);
      FAIL();
    }
    R[i->a] = content;
    NEXT();
  }
  CASE(STORE_CELL) {
    as_cell(R[i->a])->content = R[i->b];
    NEXT();
  }
  CASE(DELETE_CELL) {
    Cell* cell = as_cell(R[i->a]);
    if (!cell->content) {
      SAVE();
      (void)raise(Error::unbound_local);
      FAIL();
    }
    cell->content = Value();
    NEXT();
  }
  CASE(LOAD_FREE) {
    Value content = as_cell(frame->function->cells()[i->b])->content;
    if (!content) [[unlikely]] {
      SAVE();
      (void)raise(Error::unbound_local);
      FAIL();
    }
    R[i->a] = content;
    NEXT();
  }
  CASE(STORE_FREE) {
    as_cell(frame->function->cells()[i->b])->content = R[i->a];
    NEXT();
  }
  CASE(DELETE_FREE) {
    Cell* cell = as_cell(frame->function->cells()[i->b]);
    if (!cell->content) {
      SAVE();
      (void)raise(Error::unbound_local);
      FAIL();
    }
    cell->content = Value();
    NEXT();
  }

  // ---- attributes and items ----

  CASE(LOAD_ATTR) {
    Value object = R[i->b];
    Site& site = sites[i->c];
    if (Value value = cached_attr(*this, site, object)) [[likely]] {
      R[i->a] = value;
      NEXT();
    }
    SAVE();
    R[i->a] = CHECK(load_attr(*this, site, NAME(site), object));
    NEXT();
  }
  CASE(STORE_ATTR) {
    Value object = R[i->b];
    Site& site = sites[i->c];
    if (object.is_object() && object.as_object()->shape == site.guard) [[likely]] {
      auto* instance = static_cast<ClassInstance*>(object.as_object());
      if (cached_kind(site) == Cached::Own) {
        instance->inline_slots()[site.index] = R[i->a];
        NEXT();
      }
      if (cached_kind(site) == Cached::Add && site.version == class_epoch) {
        instance->inline_slots()[cached_slot(site)] = R[i->a];
        instance->shape = reinterpret_cast<const Shape*>(site.payload);
        NEXT();
      }
    }
    SAVE();
    CHECK(store_attr(*this, site, NAME(site), object, R[i->a]));
    NEXT();
  }
  CASE(DELETE_ATTR) {
    SAVE();
    CHECK(set_attr(*this, R[i->b], NAME(sites[i->c]), Value()));
    NEXT();
  }
  CASE(LOAD_METHOD) {
    Value object = R[i->b];
    Site& site = sites[i->c];
    if (object.is_object() && object.as_object()->shape == site.guard && cached_kind(site) == Cached::Method &&
        site.version == class_epoch) [[likely]] {
      R[i->a] = cached_value(site);
      R[i->a + 1] = object;
      NEXT();
    }
    if (Value value = cached_attr(*this, site, object)) {
      R[i->a] = value;
      R[i->a + 1] = Value();
      NEXT();
    }
    SAVE();
    Value function, receiver;
    CHECK(load_method(*this, site, NAME(site), object, function, receiver));
    R[i->a] = function;
    R[i->a + 1] = receiver;
    NEXT();
  }
  CASE(LOAD_SUPER) {
    SAVE();
    Value function, receiver;
    CHECK(get_super_method(*this, R[i->a], R[i->a + 1], NAME(sites[i->c]), function, receiver));
    R[i->a] = function;
    R[i->a + 1] = receiver;
    NEXT();
  }
  CASE(MOVE_METHOD) {
    Value function = R[i->b], receiver = R[i->b + 1];
    R[i->a] = function;
    R[i->a + 1] = receiver;
    NEXT();
  }
  CASE(GET_ITEM) {
    Value container = R[i->b], index = R[i->c];
    if (Value item = fast_item(container, index)) [[likely]] {
      R[i->a] = item;
      NEXT();
    }
    SAVE();
    R[i->a] = CHECK(get_item(*this, container, index));
    NEXT();
  }
  CASE(GET_ITEM_K) {
    Value container = R[i->b], index = K[i->c];
    if (Value item = fast_item(container, index)) [[likely]] {
      R[i->a] = item;
      NEXT();
    }
    SAVE();
    R[i->a] = CHECK(get_item(*this, container, index));
    NEXT();
  }
  CASE(SET_ITEM) {
    Value container = R[i->b], index = R[i->c];
    if (is_exactly(container, list_type) && index.is_small_int()) [[likely]] {
      auto* list = static_cast<List*>(container.as_object());
      int64_t at = index.as_small_int();
      if (at < 0) at += static_cast<int64_t>(list->size);
      if (static_cast<uint64_t>(at) < list->size) [[likely]] {
        list->items()[at] = R[i->a];
        NEXT();
      }
    }
    SAVE();
    CHECK(set_item(*this, container, index, R[i->a]));
    NEXT();
  }
  CASE(DEL_ITEM) {
    SAVE();
    CHECK(set_item(*this, R[i->b], R[i->c], Value()));
    NEXT();
  }
  CASE(GET_SLICE) {
    SAVE();
    Slice slice(R[i->c], R[i->c + 1], R[i->c + 2]);
    R[i->a] = CHECK(get_item(*this, R[i->b], CHECK(slice_for(*this, R[i->b], slice))));
    NEXT();
  }
  CASE(SET_SLICE) {
    SAVE();
    Slice slice(R[i->c], R[i->c + 1], R[i->c + 2]);
    CHECK(set_item(*this, R[i->b], CHECK(slice_for(*this, R[i->b], slice)), R[i->a]));
    NEXT();
  }
  CASE(DEL_SLICE) {
    SAVE();
    Slice slice(R[i->c], R[i->c + 1], R[i->c + 2]);
    CHECK(set_item(*this, R[i->b], CHECK(slice_for(*this, R[i->b], slice)), Value()));
    NEXT();
  }
  CASE(BUILD_SLICE) {
    SAVE();
    R[i->a] = CHECK(build_slice(*this, &R[i->b]));
    NEXT();
  }

  // ---- operators ----

  BINARIES(ADD, Add, FAST_BOTH(FastAdd))
  BINARIES(SUB, Sub, FAST_BOTH(FastSub))
  BINARIES(MUL, Mul, FAST_BOTH(FastMul))
  BINARIES(TRUE_DIV, TrueDiv, FAST_BOTH(FastTrueDiv))
  BINARIES(FLOOR_DIV, FloorDiv, FAST_INTS(FastFloorDiv))
  BINARIES(MOD, Mod, FAST_INTS(FastMod))
  BINARIES(POW, Pow, false)
  BINARIES(LSHIFT, LShift, FAST_INTS(FastLShift))
  BINARIES(RSHIFT, RShift, FAST_INTS(FastRShift))
  BINARIES(AND, And, FAST_INTS(FastAnd))
  BINARIES(OR, Or, FAST_INTS(FastOr))
  BINARIES(XOR, Xor, FAST_INTS(FastXor))
  BINARIES(MATMUL, MatMul, false)
  COMPARES(LT, Lt, FAST_COMPARE(<))
  COMPARES(LE, Le, FAST_COMPARE(<=))
  COMPARES(GT, Gt, FAST_COMPARE(>))
  COMPARES(GE, Ge, FAST_COMPARE(>=))
  COMPARES(EQ, Eq, FAST_EQUAL(==))
  COMPARES(NE, Ne, FAST_EQUAL(!=))
  CASE(IN) {
    SAVE();
    bool answer = CHECK(contains(*this, R[i->c], R[i->b]));
    R[i->a] = Value::boolean(answer != i->k);
    NEXT();
  }
  CASE(IS) {
    R[i->a] = Value::boolean((R[i->b] == R[i->c]) != i->k);
    NEXT();
  }
  CASE(JUMP_IS) {
    if ((R[i->a] == R[i->b]) == i->k) pc += i->offset();
    NEXT();
  }
  CASE(JUMP_IS_K) {
    if ((R[i->a] == K[i->b]) == i->k) pc += i->offset();
    NEXT();
  }
  CASE(NOT) {
    Truth known = fast_truth(R[i->b]);
    bool answer = known == Truth::True;
    if (known == Truth::Unknown) {
      SAVE();
      answer = CHECK(truth(*this, R[i->b]));
    }
    R[i->a] = Value::boolean(!answer);
    NEXT();
  }
  CASE(NEG) {
    Value value = R[i->b];
    if (value.is_small_int() && value.as_small_int() != kSmallIntMin) {
      R[i->a] = Value::small_int(-value.as_small_int());
      NEXT();
    }
    SAVE();
    R[i->a] = CHECK(unary(*this, UnaryOp::Neg, value));
    NEXT();
  }
  CASE(POS) {
    SAVE();
    R[i->a] = CHECK(unary(*this, UnaryOp::Pos, R[i->b]));
    NEXT();
  }
  CASE(INVERT) {
    SAVE();
    R[i->a] = CHECK(unary(*this, UnaryOp::Invert, R[i->b]));
    NEXT();
  }

  // ---- jumps ----

  CASE(JUMP) {
    pc += i->imm;
    NEXT();
  }
  CASE(LOOP) {
    SAFEPOINT();
    pc += i->imm;
    NEXT();
  }
  CASE(JUMP_IF) {
    Truth known = fast_truth(R[i->a]);
    if (known == Truth::Unknown) [[unlikely]] {
      SAVE();
      known = CHECK(truth(*this, R[i->a])) ? Truth::True : Truth::False;
    }
    if (known == Truth::True) pc += i->imm;
    NEXT();
  }
  CASE(JUMP_IF_NOT) {
    Truth known = fast_truth(R[i->a]);
    if (known == Truth::Unknown) [[unlikely]] {
      SAVE();
      known = CHECK(truth(*this, R[i->a])) ? Truth::True : Truth::False;
    }
    if (known == Truth::False) pc += i->imm;
    NEXT();
  }

  // ---- iteration ----

  CASE(FOR_PREP) {
    SAVE();
    CHECK(start_loop(*this, &R[i->a]));
    NEXT();
  }
  CASE(FOR_RANGE) {
    if (start_range_loop(&R[i->a], i->c)) [[likely]]
      NEXT();
    SAVE();
    R[i->a] = CHECK(call(R[i->a], Args(&R[i->a + 1], i->c)));
    CHECK(start_loop(*this, &R[i->a]));
    NEXT();
  }
  CASE(FOR_NEXT) {
    SAFEPOINT();
    Value* state = &R[i->a];
    if (state[0].is_small_int()) {
      int64_t left = state[1].as_small_int();
      if (left <= 0) NEXT();
      R[i->b] = state[0];
      state[0] = Value::small_int(state[0].as_small_int() + state[2].as_small_int());
      state[1] = Value::small_int(left - 1);
      pc += i->offset();
      NEXT();
    }
    if (is_exactly(state[0], list_type) && state[1].is_small_int()) {
      auto* list = static_cast<List*>(state[0].as_object());
      auto at = static_cast<uint64_t>(state[1].as_small_int());
      if (at >= list->size) NEXT();
      R[i->b] = list->items()[at];
      state[1] = Value::small_int(static_cast<int64_t>(at + 1));
      pc += i->offset();
      NEXT();
    }
    if (is_exactly(state[0], generator_type)) {
      auto* generator = static_cast<Generator*>(state[0].as_object());
      if (generator->is_resumable()) {
        SAVE();
        if (!push_generator(generator, Frame::Kind::Iterate, Value::none())) goto too_deep;
        LOAD_FRAME();
        NEXT();
      }
    }
    SAVE();
    Value item = CHECK(step_loop(*this, state));
    if (item.is_stop()) NEXT();
    R[i->b] = item;
    pc += i->offset();
    NEXT();
  }
  CASE(GET_ITER) {
    SAVE();
    R[i->a] = CHECK(get_iter(*this, R[i->b]));
    NEXT();
  }
  CASE(UNPACK) {
    SAVE();
    CHECK(unpack(*this, &R[i->a], R[i->b], i->c));
    NEXT();
  }
  CASE(UNPACK_EX) {
    SAVE();
    CHECK(unpack_ex(*this, &R[i->a], R[i->b], i->c & 255, i->c >> 8));
    NEXT();
  }

  // ---- building ----

  CASE(BUILD_TUPLE) {
    SAVE();
    R[i->a] = CHECK(Tuple::make(*this, std::span<const Value>(&R[i->b], i->c)));
    NEXT();
  }
  CASE(BUILD_LIST) {
    SAVE();
    R[i->a] = CHECK(List::make(*this, std::span<const Value>(&R[i->b], i->c)));
    NEXT();
  }
  CASE(BUILD_SET) {
    SAVE();
    R[i->a] = CHECK(build_set(*this, &R[i->b], i->c));
    NEXT();
  }
  CASE(BUILD_MAP) {
    SAVE();
    R[i->a] = CHECK(build_map(*this, &R[i->b], i->c));
    NEXT();
  }
  CASE(BUILD_STRING) {
    SAVE();
    R[i->a] = CHECK(build_string(*this, &R[i->b], i->c));
    NEXT();
  }
  CASE(LIST_APPEND) {
    SAVE();
    CHECK(list_append(*this, R[i->a], R[i->b]));
    NEXT();
  }
  CASE(LIST_EXTEND) {
    SAVE();
    CHECK(list_extend(*this, R[i->a], R[i->b]));
    NEXT();
  }
  CASE(LIST_TO_TUPLE) {
    SAVE();
    R[i->a] = CHECK(list_to_tuple(*this, R[i->b]));
    NEXT();
  }
  CASE(SET_ADD) {
    SAVE();
    CHECK(set_add(*this, R[i->a], R[i->b]));
    NEXT();
  }
  CASE(SET_UPDATE) {
    SAVE();
    CHECK(set_update(*this, R[i->a], R[i->b]));
    NEXT();
  }
  CASE(MAP_ADD) {
    SAVE();
    CHECK(map_add(*this, R[i->a], R[i->b], R[i->c]));
    NEXT();
  }
  CASE(MAP_UPDATE) {
    SAVE();
    CHECK(map_update(*this, R[i->a], R[i->b], i->k ? MapUse::Keywords : MapUse::Display));
    NEXT();
  }
  CASE(FORMAT) {
    SAVE();
    R[i->a] = CHECK(format(*this, R[i->b], static_cast<char>(i->k & 127), i->k & 128 ? Value() : R[i->c]));
    NEXT();
  }

  // ---- functions and classes ----

  CASE(MAKE_FUNCTION) {
    SAVE();
    R[i->a] = CHECK(make_function(*this, frame->function, R, *i));
    NEXT();
  }
  CASE(LOAD_BUILD_CLASS) {
    Value own = builtins ? builtins->get("__build_class__"_n) : Value();
    R[i->a] = own ? own : *library_.find_builtin("__build_class__"_n);
    NEXT();
  }
  CASE(CALL) {
    callee = R[i->a];
    args = &R[i->a + 1];
    positional = i->c & 255;
    keywords = i->c >> 8;
    goto do_call;
  }
  CASE(CALL_METHOD) {
    callee = R[i->a];
    bool bound = static_cast<bool>(R[i->a + 1]);
    args = &R[i->a + 2 - bound];
    positional = (i->c & 255) + bound;
    keywords = i->c >> 8;
    goto do_call;
  }
  CASE(CALL_EX) {
    SAFEPOINT();
    SAVE();
    Value* spread = frame->top();
    Value* cells = &R[i->a];
    size_t room = static_cast<size_t>(stack_end_ - spread);
    ValueStorage* storage = nullptr;
    if (!is_function(cells[0])) {  // a native must not find its arguments above the frame: it may call Python
      room = CHECK(spread_size(*this, cells));
      storage = CHECK(allocate_values(room));
      spread = storage->items();
    }
    Value receiver = i->k ? cells[1] : Value();
    SpreadCall counts = CHECK(spread_call(*this, cells, receiver, spread, room));
    bool bound = static_cast<bool>(receiver);
    callee = spread[0];
    args = spread + 2 - bound;
    positional = counts.positional + bound;
    keywords = counts.keywords;
    if (!storage) {
      step = invoke_function(static_cast<Function*>(callee.as_object()), args, positional, keywords, Frame::Kind::Call);
      goto take_step;
    }
    R[i->b] = CHECK(call(callee, Args(args, positional, keywords)));
    NEXT();
  }

// Calls `callee` with the arguments at `args`.
do_call:
  SAVE();
  if (keywords) [[unlikely]]
    CHECK(check_keyword_names(*this, Args(args, positional, keywords)));
  if (is_function(callee)) [[likely]] {
    SAFEPOINT();
    auto* function = static_cast<Function*>(callee.as_object());
    if (takes_plainly(function->code, positional, keywords)) [[likely]] {
      if (!push_frame(function, args, Frame::Kind::Call)) goto too_deep;
      clear_registers(function->code, args, positional);
      LOAD_FRAME();
      NEXT();
    }
    step = invoke_function(function, args, positional, keywords, Frame::Kind::Call);
    goto take_step;
  }
  if (is_exactly(callee, native_function_type)) {
    auto* function = static_cast<NativeFunction*>(callee.as_object());
    if (takes_plainly(function, positional, keywords)) [[likely]] {
      R[i->b] = CHECK(enter_native(*this, function, Args(args, positional)));
      NEXT();
    }
  }
  if (unbind(callee, args, positional)) goto do_call;
  step = invoke_object(callee, args, positional, keywords);
take_step:
  if (step.next == Step::Next::Enter) {
    LOAD_FRAME();
    NEXT();
  }
  if (step.next == Step::Next::Raise) [[unlikely]]
    FAIL();
  if (step.next == Step::Next::Leave) return step.value;
  R[i->b] = step.value;
  NEXT();

  CASE(RETURN_NONE) {
    result = Value::none();
    goto do_return;
  }
  CASE(RETURN) {
    result = R[i->a];
  do_return:
    if (frame->kind == Frame::Kind::Call) [[likely]] {
    return_to_call:
      frame_--;
      LOAD_FRAME();
      checks.forget_clobbered(pc[-1], R, frame->code->register_count);
      R[pc[-1].b] = result;
      NEXT();
    }
    if (frame->kind == Frame::Kind::Construct && result.is_none()) {
      result = frame->held;
      goto return_to_call;
    }
    SAVE();
    step = leave_frame(result);
    goto take_step;
  }
  CASE(YIELD) {
    if (frame->kind == Frame::Kind::Iterate) [[likely]] {
      result = R[i->b];
      rest_generator(pc, Generator::State::Suspended);
      LOAD_FRAME();
      R[pc[-1].b] = result;
      pc += pc[-1].offset();
      NEXT();
    }
    step = yield(R[i->b], pc, Generator::State::Suspended);
    goto take_step;
  }
  CASE(YIELD_FROM) {
    SAVE();
    step = delegate(*i);
    goto take_step;
  }

  // ---- exceptions ----

  CASE(RAISE) {
    SAVE();
    (void)raise(R[i->a]);
    FAIL();
  }
  CASE(RAISE_FROM) {
    SAVE();
    if (R[i->b].is_none() || warn(*this, "exception chaining not supported")) (void)raise(R[i->a]);
    FAIL();
  }
  CASE(RERAISE) {
    SAVE();
    (void)raise(R[i->a]);
    FAIL();
  }
  CASE(RAISE_BARE) {
    SAVE();
    (void)raise(Error::no_active_exception);
    FAIL();
  }
  CASE(MATCH_EXC) {
    SAVE();
    bool matches = CHECK(exception_matches(*this, R[i->b], R[i->c]));
    R[i->a] = Value::boolean(matches);
    NEXT();
  }
  CASE(SET_HANDLED) {
    frame->handled = R[i->a];
    NEXT();
  }
  CASE(TYPE_OF) {
    R[i->a] = type_of(R[i->b]);
    NEXT();
  }

  // ---- import ----

  CASE(IMPORT_NAME) {
    SAVE();
    R[i->a] = CHECK(import_name(NAME(sites[i->c]), globals, R[i->a], i->k));
    NEXT();
  }
  CASE(IMPORT_FROM) {
    SAVE();
    R[i->a] = CHECK(import_from(*this, R[i->b], NAME(sites[i->c])));
    NEXT();
  }
  CASE(IMPORT_STAR) {
    SAVE();
    CHECK(import_star(*this, R[i->a], i->k ? R[i->b] : Value(globals)));
    NEXT();
  }

too_deep:
  (void)raise(Error::recursion);
unwind:
  checks.raised();
  if (!unwind_to_handler()) return Failure{};
  LOAD_FRAME();
  NEXT();
}

}  // namespace upy
