# The type of functions that make generators has a name of its own, as that of closures has.
def plain():
    pass
def generator():
    yield
async def coroutine():
    pass
def outer():
    x = 1
    def inner():
        yield x
    return inner
for function in plain, lambda: 0, generator, lambda: (yield), coroutine, outer():
    print(type(function).__name__, type(function) is type(generator), callable(function), function.__name__)
# expect: function False True plain
# expect: function False True <lambda>
# expect: generator True True generator
# expect: generator True True <lambda>
# expect: generator True True coroutine
# expect: closure False True inner
print(type(generator()).__name__, isinstance(generator(), type(generator)))
# expect: generator False
