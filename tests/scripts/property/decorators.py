class A:
    def __init__(self):
        self._x = 1
    @property
    def x(self):
        return self._x
    @x.setter
    def x(self, v):
        self._x = v * 2
    @x.deleter
    def x(self):
        print("deleted")
a = A()
print(a.x)
a.x = 5
print(a.x)
del a.x
a.x += 1
print(a.x)
# expect: 1
# expect: 10
# expect: deleted
# expect: 22
