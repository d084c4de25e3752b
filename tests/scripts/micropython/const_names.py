# Which names a constant takes the place of: those that stand alone in an expression, a parameter of that name included.
from micropython import const

A = const(1)
_B = const(2)


def parameter(A):
    return A


def keyword(**options):
    return options


def local():
    C = const(5)
    _D = const(6)
    return C + _D


class Holder:
    _HIDDEN = const(4)
    SEEN = const(5)

    def get(self):
        return A, _B, _HIDDEN, SEEN


print(parameter(7), keyword(A=8), local())  # expect: 1 {'A': 8} 11
print(Holder().get(), hasattr(Holder, "_HIDDEN"), Holder.SEEN)  # expect: (1, 2, 4, 5) False 5
import sys as A

print(A, globals()["A"])  # expect: 1 <module 'sys'>
