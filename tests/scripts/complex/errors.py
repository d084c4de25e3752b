def check(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

check(lambda: 1j / 0)
check(lambda: 1j // 1)
check(lambda: 0j ** -1)
check(lambda: 0j ** 1j)
check(lambda: 1j < 2j)
check(lambda: 1j + "a")
check(lambda: complex("1+2"))
check(lambda: complex("abc"))
check(lambda: complex([]))
check(lambda: int(1j))
check(lambda: (1j).foo)
# expect: ZeroDivisionError complex divide by zero
# expect: TypeError can't truncate-divide a complex number
# expect: ZeroDivisionError 0.0 to a complex power
# expect: ZeroDivisionError 0.0 to a complex power
# expect: TypeError unsupported types for __lt__: 'complex', 'complex'
# expect: TypeError unsupported types for __add__: 'complex', 'str'
# expect: ValueError invalid syntax for number
# expect: ValueError invalid syntax for number
# expect: TypeError can't convert list to complex
# expect: TypeError can't convert complex to int
# expect: AttributeError 'complex' object has no attribute 'foo'
