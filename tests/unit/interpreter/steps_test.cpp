#include <functional>

#include "interpreter/interpreter.h"
#include "unit/objects/class_test.h"

namespace upy {
namespace {

/// Who runs a frame in the place of the dispatch loop: `runner`, which a CALL of that frame is busy with. It finds the
/// pc in the frame, and its registers behind `result`, the one that the CALL stores to.
class StepsTest : public testing::Test {
 protected:
  using Next = Step::Next;
  using Runner = std::function<void(Value* result, Value* above)>;

  StepsTest() { running_ = this; }

  void run(Runner runner) {
    runner_ = std::move(runner);
    vm_.enter_thread(__builtin_frame_address(0));
    CodeUnit unit = unit_of("outer", {Instr(Op::CALL, 0, 0, kResult, 0), Instr(Op::RETURN_NONE, 0, 0, 0)});
    unit.register_count = kRegisters;
    unit.handlers = {{.start = 0, .end = 1, .target = 1, .reg = kResult}};
    const Value callee = native<call_runner, 0>;
    EXPECT_TRUE(OK(vm_.call(function_of(unit), Args(&callee, 1))).is_none());
    EXPECT_EQ(vm_.depth(), 0u);
  }

  /// A unit of one positional parameter.
  static CodeUnit unit_of(std::string name, std::vector<Instr> code) {
    CodeUnit unit;
    unit.name = std::move(name);
    unit.file = "test.py";
    unit.positional_count = unit.register_count = 1;
    unit.parameters = {0};
    unit.names = {"x"};
    unit.code = std::move(code);
    return unit;
  }
  Function* function_of(const CodeUnit& unit) {
    return OK(Function::make(vm_, OK(load_code(vm_, unit)), OK(Dict::make(vm_))));
  }
  Function* returning_its_parameter() { return function_of(unit_of("f", {Instr(Op::RETURN, 0, 0, 0, 0)})); }

  NullPorts ports_;
  Interpreter vm_{{}, Ports{ports_, ports_, ports_}, Library{}};

 private:
  static constexpr uint16_t kResult = 1, kRegisters = 4;

  static Result<Value> call_runner(Vm&, Args args) {
    auto* result = const_cast<Value*>(args.values);
    running_->runner_(result, result - kResult + kRegisters);
    return Value::none();
  }

  static inline StepsTest* running_;
  Runner runner_;
};

TEST_F(StepsTest, AFunctionIsEnteredAndItsResultStored) {
  run([&](Value* result, Value* above) {
    above[0] = integer(7);
    EXPECT_EQ(vm_.invoke_function(returning_its_parameter(), above, 1, 0, Frame::Kind::Call).next, Next::Enter);
    EXPECT_EQ(vm_.depth(), 2u);
    EXPECT_EQ(vm_.leave_frame(integer(8)).next, Next::Enter);
    EXPECT_EQ(vm_.depth(), 1u);
    EXPECT_EQ(*result, integer(8));
  });
}

TEST_F(StepsTest, WhatTakesOtherArgumentsRaises) {
  run([&](Value*, Value* above) {
    std::fill_n(above, 2, Value::none());
    EXPECT_EQ(vm_.invoke_function(returning_its_parameter(), above, 2, 0, Frame::Kind::Call).next, Next::Raise);
    EXPECT_EQ(vm_.depth(), 1u);
    EXPECT_TRUE(raised(vm_).starts_with("TypeError"));
  });
}

TEST_F(StepsTest, AClassIsMadeInAFrameOnceItsInitIsKnown) {
  run([&](Value* result, Value* above) {
    Type* type = new_class(vm_, "A");
    ASSERT_TRUE(
        set_class_attr(vm_, type, "__init__"_n, function_of(unit_of("__init__", {Instr(Op::RETURN_NONE, 0, 0, 0)}))));
    const Step first = vm_.invoke_object(type, above + 1, 0, 0);
    EXPECT_EQ(first.next, Next::Store);
    EXPECT_EQ(type_of(first.value), type);

    EXPECT_EQ(vm_.invoke_object(type, above + 1, 0, 0).next, Next::Enter);
    EXPECT_EQ(vm_.depth(), 2u);
    EXPECT_EQ(vm_.leave_frame(Value::none()).next, Next::Enter);
    EXPECT_EQ(vm_.depth(), 1u);
    EXPECT_EQ(type_of(*result), type);
    EXPECT_NE(*result, first.value);
  });
}

TEST_F(StepsTest, AnExceptionGoesToTheFrameThatHandlesIt) {
  run([&](Value* result, Value* above) {
    Type* type = new_class(vm_, "A");
    ASSERT_TRUE(
        set_class_attr(vm_, type, "__init__"_n, function_of(unit_of("__init__", {Instr(Op::RETURN_NONE, 0, 0, 0)}))));
    EXPECT_EQ(vm_.invoke_object(type, above + 1, 0, 0).next, Next::Store);
    EXPECT_EQ(vm_.invoke_object(type, above + 1, 0, 0).next, Next::Enter);
    EXPECT_EQ(vm_.leave_frame(integer(5)).next, Next::Raise);  // an __init__ has no result
    EXPECT_EQ(vm_.depth(), 2u);
    EXPECT_TRUE(vm_.unwind_to_handler());
    EXPECT_EQ(vm_.depth(), 1u);
    EXPECT_TRUE(repr(vm_, *result).starts_with("TypeError"));
  });
}

Result<Value> negate(Vm&, Args args) { return integer(-args[0].as_small_int()); }

TEST_F(StepsTest, ANativeStoresItsResult) {
  run([&](Value*, Value* above) {
    above[0] = integer(-3);
    const Step step = vm_.invoke_object(native<negate, 1>, above, 1, 0);
    EXPECT_EQ(step.next, Next::Store);
    EXPECT_EQ(step.value, integer(3));
  });
}

TEST_F(StepsTest, AGeneratorRestsAndEnds) {
  run([&](Value*, Value* above) {
    CodeUnit unit = unit_of("g", {Instr(Op::YIELD, 0, 0, 0, 0), Instr(Op::RETURN, 0, 0, 0, 0)});
    unit.flags = CodeUnit::kGenerator;
    Function* function = function_of(unit);
    above[0] = integer(1);
    const Step made = vm_.invoke_function(function, above, 1, 0, Frame::Kind::Call);
    ASSERT_EQ(made.next, Next::Store);
    auto* generator = static_cast<Generator*>(made.value.as_object());

    ASSERT_TRUE(vm_.push_generator(generator, Frame::Kind::Entry, Value::none()));
    EXPECT_EQ(vm_.depth(), 2u);
    const Step yielded = vm_.yield(integer(2), function->code->instructions + 1, Generator::State::Suspended);
    EXPECT_EQ(yielded.next, Next::Leave);
    EXPECT_EQ(yielded.value, integer(2));
    EXPECT_EQ(vm_.depth(), 1u);
    EXPECT_TRUE(generator->is_resumable());

    ASSERT_TRUE(vm_.push_generator(generator, Frame::Kind::Entry, integer(3)));
    const Step ended = vm_.leave_frame(integer(4));
    EXPECT_EQ(ended.next, Next::Leave);
    EXPECT_TRUE(ended.value.is_stop());
    EXPECT_EQ(vm_.stop_value, integer(4));
    EXPECT_FALSE(generator->is_resumable());
  });
}

}  // namespace
}  // namespace upy
