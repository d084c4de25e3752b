x = 5
print("a" if x > 3 else "b", 1 if x else 2 if x else 3, [i if i % 2 else -i for i in range(4)])
# expect: a 1 [0, 1, -2, 3]
print(not x, not not x, x and 0 or "or", x or 1 / 0, 0 and 1 / 0, None or 0, "" or [] or {})
# expect: False True or 5 0 0 {}
print(1 < x < 10, 1 < x > 10, 1 == 1.0 != 2, x in (1, 5) == True, not x in [5], x is not None)
# expect: True False True False False True
def f(a):
    if a > 2:
        return "big"
    elif a == 2:
        return "two"
    elif a == 1:
        return "one"
    else:
        return "small"
print([f(i) for i in range(5)])  # expect: ['small', 'one', 'two', 'big', 'big']
