print(sorted([3, 1, 2]), sorted("bca"), sorted([1, 2, 3], reverse=True), sorted(["aa", "b"], key=len))
try:
    sorted([1], lambda x: x)
except TypeError:
    print("TypeError")
# expect: [1, 2, 3] ['a', 'b', 'c'] [3, 2, 1] ['b', 'aa']
# expect: TypeError
