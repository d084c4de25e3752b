def g(n):
    yield n
    return n * 2
it = g(4)
next(it)
try:
    next(it)
except StopIteration as e:
    print(e.value, e.args)
# expect: 8 (8,)
def none():
    return
    yield
try:
    next(none())
except StopIteration as e:
    print(e.value, e.args)
# expect: None ()
