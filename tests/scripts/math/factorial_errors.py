import math
for n in (-1, 1.5, 1 << 62):
    try:
        math.factorial(n)
    except (ValueError, TypeError, MemoryError) as e:
        print(type(e).__name__)
# expect: ValueError
# expect: TypeError
# expect: MemoryError
