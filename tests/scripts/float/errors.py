def check(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

check(lambda: 1.0 / 0)
check(lambda: 1.0 // 0.0)
check(lambda: 1 % 0.0)
check(lambda: divmod(1.0, 0))
check(lambda: 0.0 ** -1)
check(lambda: 1.0 + "a")
check(lambda: ~1.0)
check(lambda: 1.0 << 1)
check(lambda: 1.0 & 1)
check(lambda: [1][1.0])
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: ZeroDivisionError divide by zero
# expect: TypeError unsupported types for __add__: 'float', 'str'
# expect: TypeError unsupported type for __invert__: 'float'
# expect: TypeError unsupported types for __lshift__: 'float', 'int'
# expect: TypeError unsupported types for __and__: 'float', 'int'
# expect: TypeError list indices must be integers, not float
