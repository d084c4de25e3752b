class Pause:
    def __init__(self, value):
        self.value = value
    def __await__(self):
        got = yield self.value
        return got
    __iter__ = __await__
async def inner(x):
    return await Pause(x) + 1
async def outer():
    a = await inner("first")
    b = await inner("second")
    return a * b
c = outer()
print(c.send(None), c.send(3))  # expect: first second
try:
    c.send(4)
except StopIteration as e:
    print(e.value)
# expect: 20
