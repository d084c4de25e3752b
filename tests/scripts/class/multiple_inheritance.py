class A:
    name = "a"
    def who(self):
        return "A"
    def both(self):
        return "A.both"
class B:
    def who(self):
        return "B"
    def only_b(self):
        return "B only"
class C(A, B):
    def who(self):
        return "C " + super().who()
c = C()
print(c.who(), c.only_b(), c.both(), c.name)  # expect: C A B only A.both a
print(isinstance(c, A), isinstance(c, B), issubclass(C, (int, B)), C.__bases__ == (A, B))
# expect: True True True True
print(A.who(c), B.who(c))  # expect: A B
