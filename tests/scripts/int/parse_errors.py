def check(*args):
    try:
        print(int(*args))
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)

check("abc")
check("")
check("  ")
check("12a")
check("-")
check("1 2")
check("9", 8)
check("0x", 16)
check("08", 0)
check("10", 1)
check("10", 37)
check(None)
check([])
check(float("inf"))
check(float("nan"))
check(1, 10)
# expect: ValueError invalid syntax for integer with base 10: 'abc'
# expect: ValueError invalid syntax for integer with base 10: ''
# expect: ValueError invalid syntax for integer with base 10: ''
# expect: ValueError invalid syntax for integer with base 10: '12a'
# expect: ValueError invalid syntax for integer with base 10: ''
# expect: ValueError invalid syntax for integer with base 10: '1 2'
# expect: ValueError invalid syntax for integer with base 8: '9'
# expect: ValueError invalid syntax for integer with base 16: ''
# expect: ValueError invalid syntax for integer with base 0: '08'
# expect: ValueError int() arg 2 must be >= 2 and <= 36
# expect: ValueError int() arg 2 must be >= 2 and <= 36
# expect: TypeError can't convert NoneType to int
# expect: TypeError can't convert list to int
# expect: OverflowError can't convert inf to int
# expect: ValueError can't convert NaN to int
# expect: TypeError can't convert 'int' object to str implicitly
