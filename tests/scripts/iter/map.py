print(list(map(abs, [-1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])))  # expect: [1, 2] [4, 10]
try:
    map(abs)
except TypeError:
    print("TypeError")  # expect: TypeError
m = map(lambda x: 1 // x, [1, 0, 2])
print(next(m))  # expect: 1
try:
    next(m)
except ZeroDivisionError:
    print(next(m))  # expect: 0
