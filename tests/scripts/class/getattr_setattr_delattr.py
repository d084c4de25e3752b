class A:
    def __init__(self):
        self.real = 1
    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(name)
        return "computed " + name
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)
a = A()  # expect: set real 1
print(a.real, a.other, hasattr(a, "nothing"), getattr(a, "none", "default"))  # expect: 1 computed other False default
a.x = 5  # expect: set x 5
a.x += 1  # expect: set x 6
del a.x  # expect: del x
print(a.x)  # expect: computed x
setattr(a, "y", 1)  # expect: set y 1
delattr(a, "y")  # expect: del y
try:
    del a.z
except AttributeError:
    print("AttributeError")
# expect: del z
# expect: AttributeError
