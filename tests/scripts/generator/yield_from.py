def inner(n):
    got = yield n
    print("inner got", got)
    return n * 10
def outer():
    first = yield from inner(1)
    second = yield from inner(2)
    print("results", first, second)
    rest = yield from [7, 8]
    print("list answered", rest)
    return "end"
it = outer()
print(next(it), it.send("a"), it.send("b"), next(it))
# expect: inner got a
# expect: inner got b
# expect: results 10 20
# expect: 1 2 7 8
try:
    next(it)
except StopIteration as e:
    print(e.value)
# expect: list answered None
# expect: end
