class A:
    def __init__(self):
        self._x = 1
    @property
    def x(self):
        "doc"
        return self._x
    @x.setter
    def x(self, value):
        self._x = value * 2
    @x.deleter
    def x(self):
        print("deleted")
    read_only = property(lambda self: "ro")
class B(A):
    @property
    def x(self):
        return "B"
a = A()
a.x = 5
print(a.x, a.read_only, B().x)  # expect: 10 ro B
del a.x  # expect: deleted
for change in (lambda: setattr(a, "read_only", 1), lambda: delattr(a, "read_only"), lambda: setattr(B(), "x", 1)):
    try:
        change()
    except AttributeError:
        print("AttributeError")
# expect: AttributeError
# expect: AttributeError
# expect: AttributeError
