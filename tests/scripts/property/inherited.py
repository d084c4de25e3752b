class A:
    @property
    def x(self):
        return "A.x " + self.name
class B(A):
    name = "b"
print(B().x)
class C(B):
    @property
    def x(self):
        return "C " + super().x
print(C().x)
# expect: A.x b
# expect: C A.x b
