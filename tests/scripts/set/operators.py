a, b = {1, 2, 3}, {3, 4}
print(a | b == {1, 2, 3, 4}, a & b == {3}, a - b == {1, 2}, a ^ b == {1, 2, 4})  # expect: True True True True
print(a - a, a ^ a, a & a == a, a | a == a)  # expect: set() set() True True
for f in (lambda: a | [1], lambda: a & (1,), lambda: a - None, lambda: a ^ "x", lambda: a + b):
    try:
        f()
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
