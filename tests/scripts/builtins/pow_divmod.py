print(pow(2, 10), pow(2, 100, 7), pow(2, 3, None), divmod(7, 2), divmod(-7, 2), divmod(7.5, 2))
try:
    pow(2, 3, 0)
except ValueError:
    print("ValueError")
try:
    pow(2.0, 3, 5)
except TypeError:
    print("TypeError")
try:
    divmod(1, 0)
except ZeroDivisionError:
    print("ZeroDivisionError")
# expect: 1024 2 8 (3, 1) (-4, 1) (3.0, 1.5)
# expect: ValueError
# expect: TypeError
# expect: ZeroDivisionError
