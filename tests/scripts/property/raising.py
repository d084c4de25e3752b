class A:
    @property
    def x(self):
        raise ValueError("inside")
try:
    A().x
except ValueError as e:
    print(e)
class B:
    @property
    def x(self):
        raise AttributeError("inside")
print(hasattr(B(), "x"), getattr(B(), "x", "default"))
# expect: inside
# expect: False default
