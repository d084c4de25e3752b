def g():
    x = (yield) or "none"
    y = yield x
    print([(yield y), (yield 2)])
it = g()
print(next(it), next(it), it.send("y"), it.send("a"))  # expect: None none y 2
try:
    it.send("b")
except StopIteration:
    print("end")
# expect: ['a', 'b']
# expect: end
