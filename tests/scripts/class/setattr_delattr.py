class A:
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)
a = A()
a.x = 1
print(a.x)
del a.x
print(hasattr(a, "x"))
# expect: set x 1
# expect: 1
# expect: del x
# expect: False
