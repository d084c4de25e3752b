class passing:
    def __init__(self, value):
        self.value = value
    def __iter__(self):
        return (yield self.value)

class Countdown:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return await passing(self.n)

def drive(coroutine):
    passed, sent = [], None
    try:
        while True:
            sent = coroutine.send(sent)
            passed.append(sent)
    except StopIteration as e:
        print(e.value, passed)

async def all_of(items):
    return [x async for x in items]

squares = (x * x async for x in Countdown(3))
print(type(squares).__name__, repr(squares).startswith("<async_generator object '<genexpr>' at "))
# expect: async_generator True
drive(all_of(squares))
# expect: [4, 1, 0] [2, 1, 0]
drive(all_of(squares))  # it has ended
# expect: [] []

async def of_awaits():
    return await all_of(await passing(x) + 1 for x in range(3) if await passing(True))
drive(of_awaits())
# expect: [1, 2, 3] [True, 0, True, 1, True, 2]

# One that awaits in what it goes through only is a plain one.
async def plain():
    return type(x for x in await passing([])).__name__
drive(plain())
# expect: generator [[]]

# Items and what is awaited keep apart, whatever they are.
async def none():
    return await all_of(None async for _ in Countdown(2))
drive(none())
# expect: [None, None] [1, 0]

# Exceptions go both ways.
async def thrown():
    items = (10 // x async for x in Countdown(2))
    try:
        await all_of(items)
    except ZeroDivisionError:
        return "divided", await all_of(items)
drive(thrown())
# expect: ('divided', []) [1, 0]
waiting = all_of(x async for x in Countdown(1))
waiting.send(None)
try:
    waiting.throw(KeyError("k"))
except KeyError as e:
    print(repr(e))
# expect: KeyError('k',)
def stop():
    raise StopAsyncIteration
async def stopped():
    try:
        return await all_of(stop() async for x in Countdown(1))
    except RuntimeError as e:
        return e.args[0]
drive(stopped())
# expect: async generator raised StopAsyncIteration [0]

# It does one thing at a time; aclose ends it.
items = (x async for x in Countdown(2))
first = items.__anext__()
print(first.send(None))
# expect: 1
try:
    items.__anext__().send(None)
except ValueError as e:
    print(e)
# expect: generator already executing
try:
    first.send("item")
except StopIteration as e:
    print(e.value)
# expect: item
try:
    first.send(None)
except RuntimeError as e:
    print(e)
# expect: already awaited
try:
    items.aclose().send(None)
except StopIteration as e:
    print(e.value)
# expect: None
drive(all_of(items))
# expect: [] []
cut = all_of(x async for x in Countdown(1))
print(cut.send(None), cut.close())
# expect: 0 None
