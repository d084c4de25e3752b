class A:
    @property
    def x(self):
        return 1
a = A()
for f in (lambda: setattr(a, "x", 1), lambda: delattr(a, "x")):
    try:
        f()
    except AttributeError:
        print("AttributeError")
print(a.x)
# expect: AttributeError
# expect: AttributeError
# expect: 1
