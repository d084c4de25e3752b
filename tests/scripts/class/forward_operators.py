class N:
    def __add__(self, o): return ("add", o)
    def __sub__(self, o): return ("sub", o)
    def __mul__(self, o): return ("mul", o)
    def __truediv__(self, o): return ("truediv", o)
    def __floordiv__(self, o): return ("floordiv", o)
    def __mod__(self, o): return ("mod", o)
    def __pow__(self, o): return ("pow", o)
    def __lshift__(self, o): return ("lshift", o)
    def __rshift__(self, o): return ("rshift", o)
    def __and__(self, o): return ("and", o)
    def __or__(self, o): return ("or", o)
    def __xor__(self, o): return ("xor", o)
    def __matmul__(self, o): return ("matmul", o)
    def __divmod__(self, o): return ("divmod", o)
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
n = N()
print(n + 1, n - 1, n * 1, n / 1, n // 1, n % 1, n ** 1)
# expect: ('add', 1) ('sub', 1) ('mul', 1) ('truediv', 1) ('floordiv', 1) ('mod', 1) ('pow', 1)
print(n << 1, n >> 1, n & 1, n | 1, n ^ 1, n @ 1, divmod(n, 1))
# expect: ('lshift', 1) ('rshift', 1) ('and', 1) ('or', 1) ('xor', 1) ('matmul', 1) ('divmod', 1)
print(-n, +n, ~n, abs(n))  # expect: neg pos invert abs
