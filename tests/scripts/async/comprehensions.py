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

class passing:  # hands its value to whoever drives the coroutine, and gets it back
    def __init__(self, value):
        self.value = value
    def __iter__(self):
        return (yield self.value)

def drive(coroutine):
    passed, sent = [], None
    try:
        while True:
            sent = coroutine.send(sent)
            passed.append(sent)
    except StopIteration as e:
        print(e.value, passed)

async def displays():
    return [x async for x in Countdown(3)], {x async for x in Countdown(1)}, {x: -x async for x in Countdown(2)}
drive(displays())
# expect: ([2, 1, 0], {0}, {1: -1, 0: 0}) [2, 1, 0, 0, 1, 0]

async def nested():
    return [x * y for x in (1, 2) async for y in Countdown(x + 1) if y if await passing(x) == x]
drive(nested())
# expect: [1, 4, 2] [1, 1, 0, 2, 2, 1, 2, 0]

async def awaits():
    return [await passing(x) for x in range(3) if await passing(7)], [[await passing(9)] for _ in range(1)]
drive(awaits())
# expect: ([0, 1, 2], [[9]]) [7, 0, 7, 1, 7, 2, 9]

async def captured():
    k = 10
    return [f() async for x in Countdown(2) for f in [lambda: x + k]]
drive(captured())
# expect: [11, 10] [1, 0]

async def raises():
    try:
        return [1 // x async for x in Countdown(2)]
    except ZeroDivisionError:
        return "divided"
drive(raises())
# expect: divided [1, 0]

for source in (
    "[x async for x in y]",
    "def f(): return [x async for x in y]",
    "def f(): return {x: 1 async for x in y}",
    "class C:\n a = [x async for x in y]",
    "async def f():\n return lambda: [x async for x in y]",
):
    try:
        compile(source, "s", "exec")
        print("compiled")
    except SyntaxError as e:
        print(e)
# expect: asynchronous comprehension outside of an asynchronous function
# expect: asynchronous comprehension outside of an asynchronous function
# expect: asynchronous comprehension outside of an asynchronous function
# expect: asynchronous comprehension outside of an asynchronous function
# expect: asynchronous comprehension outside of an asynchronous function
