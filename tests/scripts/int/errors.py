def check(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

zero = 0
big = 1 << 100
check(lambda: 1 // zero)
check(lambda: 1 % zero)
check(lambda: 1 / zero)
check(lambda: divmod(big, zero))
check(lambda: big // zero)
check(lambda: zero ** -1)
check(lambda: 1 << -1)
check(lambda: big >> -1)
check(lambda: 1 << big)
check(lambda: 1 + "a")
check(lambda: big + None)
check(lambda: -1 < "a")
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ValueError negative shift count
# expect: ValueError negative shift count
# expect: OverflowError overflow converting long int to machine word
# expect: TypeError unsupported types for __add__: 'int', 'str'
# expect: TypeError unsupported types for __add__: 'int', 'NoneType'
# expect: TypeError unsupported types for __lt__: 'int', 'str'
