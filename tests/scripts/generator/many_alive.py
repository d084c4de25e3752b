def g(i):
    yield i
    yield i * i
its = [g(i) for i in range(300)]
print(sum(next(it) for it in its), sum(next(it) for it in reversed(its)))  # expect: 44850 8955050
print(sum(len(list(it)) for it in its))  # expect: 0
