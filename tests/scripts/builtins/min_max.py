print(min(3, 1, 2), max([3, 1, 2]), min("b", "a"), max((1, 2), key=lambda x: -x), min([], default=7))
print(max([1, 5, 3], default=0), min(["bb", "a"], key=len), max([(1, "a"), (1, "b")], key=lambda t: t[0]))
try:
    max([])
except ValueError:
    print("ValueError")
try:
    max(1, 2, other=3)
except TypeError:
    print("TypeError")
# expect: 1 3 a 1 7
# expect: 5 a (1, 'a')
# expect: ValueError
# expect: TypeError
