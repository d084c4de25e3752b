# What can be a constant.
from micropython import const
import math

INT = const(-7)
BIG = const(2**70 + 1)
FLOAT = const(0.5)
TEXT = const("a" "b")
BYTES = const(b"\x00x")
NOTHING = const(None)
TRUTH = const(True)
DOTS = const(...)
EMPTY = const(())
NESTED = const((1, "x", (INT, BIG)))
print(INT, BIG, FLOAT, TEXT, BYTES, NOTHING, TRUTH, DOTS, EMPTY)
# expect: -7 1180591620717411303425 0.5 ab b'\x00x' None True Ellipsis ()
print(NESTED)  # expect: (1, 'x', (-7, 1180591620717411303425))
SUM = const(INT + 2 * 3)
BITS = const(~INT & 0xFF | 1 << 8)
BIGGER = const(BIG * BIG)
HALF = const(7 / 2)
ROOT = const(2**0.5)
INVERSE = const(2**-1)
NOT = const(not INT)
AND = const(INT and 5)
PI = const(math.pi)
print(SUM, BITS, HALF, ROOT, INVERSE, NOT, AND, PI)
# expect: -1 262 3.5 1.4142135623730951 0.5 False 5 3.141592653589793
print(BIGGER == BIG**2)  # expect: True
COUNT: int = const(3)
_HIDDEN: int = const(4)
print(COUNT, _HIDDEN, "_HIDDEN" in globals(), "COUNT" in globals())  # expect: 3 4 False True
