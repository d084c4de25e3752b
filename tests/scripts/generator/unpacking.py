def g():
    yield 1
    yield 2
    yield 3
a, b, c = g()
print(a, b, c)  # expect: 1 2 3
first, *rest = g()
print(first, rest)  # expect: 1 [2, 3]
print(*g(), sep="-")  # expect: 1-2-3
try:
    x, y = g()
except ValueError as e:
    print("ValueError")
# expect: ValueError
