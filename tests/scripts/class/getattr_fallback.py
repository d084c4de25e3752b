class A:
    x = 1
    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(name)
        return "got " + name
a = A()
print(a.x, a.y)
a.y = 2
print(a.y)
print(hasattr(a, "z"), hasattr(a, "none"), getattr(a, "none", "default"))
# expect: 1 got y
# expect: 2
# expect: True False default
