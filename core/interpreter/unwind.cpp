#include <algorithm>
#include <cassert>

#include "bytecode/opcode_info.h"
#include "interpreter/instruction_checks.h"
#include "interpreter/interpreter.h"
#include "objects/model/exception.h"

/// From where an exception is raised to who handles it.
namespace upy {

void Interpreter::add_traceback_entry(Value value, Code* code, uint32_t at) {
  if (Exception* exception = as_exception(value))
    exception->add_traceback_entry(*this, code->file, code->name, code->line_of(at));
}

bool Interpreter::unwind_to_handler() {
  while (true) {
    Frame* frame = frame_;
    Code* code = frame->code;
    auto at = static_cast<uint32_t>(frame->pc - code->instructions);
    const bool begun = at > 0;  // else thrown into a fresh generator: no try statement is entered yet
    at -= begun;
    const Instr& instr = code->instructions[at];
    assert(!begun || info(instr.op).effect != Effect::Plain);
    if (!killed_ && instr.op != Op::RERAISE) add_traceback_entry(pending_, code, at);
    if (!killed_ && begun) {
      for (uint32_t n = 0; n < code->handler_count; n++) {
        const Handler& handler = code->handlers[n];
        if (at < handler.start || at >= handler.end) continue;
        InstructionChecks::forget_clobbered(instr, frame->base, code->register_count);
        frame->base[handler.reg] = take_pending();
        frame->pc = code->instructions + handler.target;
        return true;
      }
    }
    Frame::Kind kind = frame->kind;
    if (Generator* generator = frame->generator) end_generator(generator);
    // Its registers lie where the caller's temporaries are, which the collector scans: they must not keep anything.
    std::fill(frame->base, frame->top(), Value());
    frame_--;
    if (kind == Frame::Kind::Entry) return false;
  }
}

}  // namespace upy
