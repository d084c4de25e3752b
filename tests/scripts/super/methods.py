class A:
    def f(self, x):
        return "A.f", x
    @classmethod
    def c(cls):
        return "A.c", cls.__name__
class B(A):
    def f(self, x):
        return ("B.f",) + super().f(x)
    @classmethod
    def c(cls):
        return ("B.c",) + super().c()
class C(B):
    def f(self, x):
        m = super().f
        return ("C.f",) + m(x)
print(C().f(1), B().f(2), C.c(), C().c())
print(super(C, C()).f(3), super(B, C()).f(4))
# expect: ('C.f', 'B.f', 'A.f', 1) ('B.f', 'A.f', 2) ('B.c', 'A.c', 'C') ('B.c', 'A.c', 'C')
# expect: ('B.f', 'A.f', 3) ('A.f', 4)
