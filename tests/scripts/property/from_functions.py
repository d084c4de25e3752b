class A:
    def get(self):
        return self.v
    def put(self, v):
        self.v = v
    x = property(get, put)
    y = property(fget=get, doc="text")
a = A()
a.x = 3
print(a.x, a.y)
try:
    a.y = 1
except AttributeError:
    print("AttributeError")
# expect: 3 3
# expect: AttributeError
