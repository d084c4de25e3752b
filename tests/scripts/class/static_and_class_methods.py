class A:
    @staticmethod
    def s(x):
        return x
    @classmethod
    def c(cls, x):
        return cls.__name__, x
class B(A):
    pass
print(A.s(1), A().s(2), B.s(3))
print(A.c(1), B.c(2), B().c(3))
# expect: 1 2 3
# expect: ('A', 1) ('B', 2) ('B', 3)
