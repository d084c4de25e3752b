A = type("A", (), {"x": 1, "f": lambda self: self.x})
B = type("B", (A,), {"y": 2})
b = B()
print(A.__name__, b.x, b.y, b.f(), isinstance(b, A), type(b) is B)  # expect: A 1 2 1 True True
def make(n):
    class Local:
        value = n
        def get(self):
            return self.value, n
    return Local
print(make(1)().get(), make(2)().get(), make(1) is make(1))  # expect: (1, 1) (2, 2) False
setattr(A, "z", 3)
print(b.z, getattr(B, "z"), hasattr(A, "y"))  # expect: 3 3 False
class C:
    items = [i for i in range(3)]
    if items:
        chosen = "yes"
    else:
        other = "no"
    for name in "ab":
        locals()
print(C.items, C.chosen, hasattr(C, "other"), C.name)  # expect: [0, 1, 2] yes False b
