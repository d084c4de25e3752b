# What MicroPython computes in const(): also what is too large to be worth it elsewhere.
from micropython import const

BIG = const(1 << 5000)
print(BIG == 1 << 5000, const(3 ** 3000) % 1000)  # expect: True 1
QUOTIENT = const(2**64 / 3)
print(QUOTIENT, QUOTIENT == (1 << 64) / 3)  # expect: 6.148914691236517e+18 True
INFINITE = const(-1e308 * 10)
LARGE = const(10**400 * 1.0)
print(INFINITE, LARGE)  # expect: -inf inf
TEXT = const("a" "b")
LOGIC = const(0 or () or "last")
TRUTH = const(not "")
print(TEXT, LOGIC, TRUTH)  # expect: ab last True

# A definition is a call of const() alone.
A = const(1) if 1 else 2
A = 3
print(A)  # expect: 3
