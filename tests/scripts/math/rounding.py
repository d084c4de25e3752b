import math
print(math.floor(2.7), math.floor(-2.7), math.ceil(2.2), math.ceil(-2.2), math.trunc(2.7), math.trunc(-2.7))
print(math.floor(1e20), math.ceil(5), math.floor(True), math.floor(1 << 100), math.trunc(-(1 << 100) - 1))
for x in (math.inf, math.nan):
    try:
        math.floor(x)
    except (OverflowError, ValueError) as e:
        print(type(e).__name__)
# expect: 2 -3 3 -2 2 -2
# expect: 100000000000000000000 5 1 1267650600228229401496703205376 -1267650600228229401496703205377
# expect: OverflowError
# expect: ValueError
