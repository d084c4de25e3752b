#pragma once

#include "objects/model/generator.h"

namespace upy {

extern const Type async_generator_type;

/// A generator expression that waits: one with `async for` or `await` in it. It is gone through by `async for`.
struct AsyncGenerator : Object {
  Generator* generator;
};

/// A new one whose code is that of `generator`, which is fresh.
Result<Value> make_async_generator(Vm& vm, Generator* generator);

}  // namespace upy
