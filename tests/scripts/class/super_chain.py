class A:
    def __init__(self, x):
        self.x = x
        print("A.__init__")
    def f(self, n):
        return ["A", n]
    @classmethod
    def make(cls, x):
        return cls(x)
class B(A):
    def __init__(self, x):
        super().__init__(x * 2)
        print("B.__init__")
    def f(self, n):
        return super().f(n + 1) + ["B"]
class C(B):
    def f(self, n):
        return super().f(n + 1) + ["C"]
    @classmethod
    def make(cls, x):
        return super().make(x + 1)
c = C(5)
# expect: A.__init__
# expect: B.__init__
print(c.x, c.f(0), C.make(1).x, super(B, c).f(7), super(C, C).make(2).x)
# expect: A.__init__
# expect: B.__init__
# expect: A.__init__
# expect: B.__init__
# expect: 10 ['A', 2, 'B', 'C'] 4 ['A', 7] 4
