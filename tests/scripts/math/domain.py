import math
def check(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)

check(math.sqrt, -1)
check(math.log, 0)
check(math.log, -1)
check(math.log, 2, 1)
check(math.log, 2, 0)
check(math.asin, 2)
check(math.fmod, 1, 0)
check(math.gamma, 0)
check(math.gamma, -1)
check(math.exp, 1000)
check(math.sqrt, "a")
check(math.sqrt)
check(math.sqrt, math.inf)
check(math.sin, math.nan)
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: ZeroDivisionError divide by zero
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: ValueError math domain error
# expect: TypeError can't convert str to float
# expect: TypeError function takes 1 positional arguments but 0 were given
# expect: inf
# expect: nan
