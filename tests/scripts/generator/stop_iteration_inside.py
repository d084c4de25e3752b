def g():
    yield 1
    next(iter([]))
it = g()
print(next(it))  # expect: 1
try:
    next(it)
except RuntimeError as e:
    print(e)
# expect: generator raised StopIteration
