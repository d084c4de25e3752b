class A:
    n = 0
    @staticmethod
    def add(a, b=1):
        return a + b
    @classmethod
    def count(cls, by=1):
        cls.n += by
        return cls.__name__, cls.n
class B(A):
    pass
print(A.add(1), A().add(1, 2), A.count(), A().count(5), B.count(), A.n, B.n)
# expect: 2 3 ('A', 1) ('A', 6) ('B', 7) 6 7
f = B.count
print(f(10), B.n)  # expect: ('B', 17) 17
