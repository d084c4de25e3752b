class N:
    def __init__(self, v):
        self.v = v
    def __repr__(self):
        return "N(%r)" % (self.v,)
    def __add__(self, o):
        return N(("add", self.v, o))
    def __radd__(self, o):
        return N(("radd", self.v, o))
    def __sub__(self, o):
        return NotImplemented
    def __rsub__(self, o):
        return N(("rsub", self.v, o))
    def __neg__(self):
        return N(-self.v)
    def __invert__(self):
        return "inverted"
    def __abs__(self):
        return "absolute"
    def __iadd__(self, o):
        self.v += o
        return self
    def __mul__(self, o):
        return "mul"
print(N(1) + 2, 1 + N(2))
print(5 - N(3))
print(-N(4), ~N(4), abs(N(4)))
n = N(1)
m = n
n += 5
print(n, m is n)
n *= 2
print(n)
try:
    N(1) - 2
except TypeError:
    print("TypeError")
try:
    N(1) / 2
except TypeError:
    print("TypeError")
# expect: N(('add', 1, 2)) N(('radd', 2, 1))
# expect: N(('rsub', 3, 5))
# expect: N(-4) inverted absolute
# expect: N(6) True
# expect: mul
# expect: TypeError
# expect: TypeError
