#pragma once

#include <string_view>
#include <vector>

#include "compiler/back/generator.h"

namespace upy {

/// A block around the code being generated that needs care when it is left early. It is the innermost one of its
/// generator for as long as it lives.
struct Generator::Context {
  enum class Kind : uint8_t { Loop, HandlerBody, Cleanup, FinallyBody };

  Context(Generator& generator, Kind kind) : kind(kind), outer(generator.context_), generator_(generator) {
    generator.context_ = this;
  }
  ~Context() { close(); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /// Ends the block before the object does.
  void close() { generator_.context_ = outer; }
  /// Whether an exception may be being handled there that is not handled around it.
  bool may_handle() const { return kind == Kind::HandlerBody || kind == Kind::FinallyBody; }

  const Kind kind;
  Context* const outer;

 private:
  Generator& generator_;
};

/// The body of a loop.
struct Generator::Loop : Context {
  Loop(Generator& generator, Label& end, Label& next)
      : Context(generator, Kind::Loop), break_label(end), continue_label(next) {}

  Label& break_label;
  Label& continue_label;
};

/// The body of an `except`: the exception is being handled there, and may have a name that goes away at the end.
struct Generator::HandlerBody : Context {
  HandlerBody(Generator& generator, Reg exception, std::string_view name)
      : Context(generator, Kind::HandlerBody), exception(exception), name(name) {}

  const Reg exception;
  const std::string_view name;  ///< empty if there is none
};

/// A block with code that runs however it is left: the `finally` of a try, the exit of a with. That code stands once,
/// at `entry`. Where it goes on afterwards says R[selector]: 0 after the block, 1 an exception, else 2 + an index into
/// `exits`. R[value] holds the exception or what is returned, else None.
struct Generator::Cleanup : Context {
  explicit Cleanup(Generator& generator)
      : Context(generator, Kind::Cleanup),
        value(generator.take()),
        selector(generator.take()),
        entry(generator.emitter_) {}

  static constexpr int32_t kCompleted = 0, kRaised = 1, kFirstExit = 2;

  const Reg value;
  const Reg selector;  ///< set only if there are exits
  Label entry;
  std::vector<Exit> exits;
};

/// The body of a `finally`, where an exception may be on its way.
struct Generator::FinallyBody : Context {
  FinallyBody(Generator& generator, const Cleanup& cleanup) : Context(generator, Kind::FinallyBody), cleanup(cleanup) {}

  const Cleanup& cleanup;  ///< complete, and no longer a context itself
};

}  // namespace upy
