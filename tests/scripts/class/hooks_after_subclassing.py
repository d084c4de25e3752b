# __getattr__ and __get__ may come to a class, and go again, when it has subclasses.
class A:
    pass
class B(A):
    pass
class C(B):
    pass
def read(object):
    try:
        return object.missing
    except AttributeError:
        return "AttributeError"
c = C()
print(read(c), hasattr(c, "missing"))
# expect: AttributeError False
A.__getattr__ = lambda self, name: "A " + name
print(read(c), hasattr(c, "missing"))
# expect: A missing True
B.__getattr__ = lambda self, name: "B " + name
print(read(c), read(A()))
# expect: B missing A missing
del B.__getattr__
print(read(c))
# expect: A missing
del A.__getattr__
print(read(c), hasattr(c, "missing"))
# expect: AttributeError False
try:
    del A.__getattr__
except AttributeError as e:
    print(e)
# expect: 'type' object has no attribute '__getattr__'

class Descriptor:
    pass
class Derived(Descriptor):
    pass
class Owner:
    shown = Derived()
def show():
    return type(Owner().shown).__name__
print(show(), show())
# expect: Derived Derived
Descriptor.__get__ = lambda self, instance, owner: owner.__name__
print(show(), Owner().shown)
# expect: str Owner
del Descriptor.__get__
print(show(), show())
# expect: Derived Derived

# Other special methods too.
b = B()
methods = {
    "__call__": (lambda self: "called", lambda: b()),
    "__eq__": (lambda self, other: "equal", lambda: b == 3),
    "__iter__": (lambda self: iter([1]), lambda: list(b)),
    "__len__": (lambda self: 3, lambda: len(b)),
    "__contains__": (lambda self, item: True, lambda: 3 in b),
    "__getitem__": (lambda self, key: key, lambda: b[4]),
    "__add__": (lambda self, other: other, lambda: b + 4),
    "__radd__": (lambda self, other: other, lambda: 4 + b),
    "__neg__": (lambda self: 1, lambda: -b),
    "__next__": (lambda self: 2, lambda: next(b)),
    "__lt__": (lambda self, other: True, lambda: b < 3),
    "__int__": (lambda self: 7, lambda: int(b)),
    "__float__": (lambda self: 7.5, lambda: float(b)),
    "__enter__": (lambda self: "entered", lambda: b.__enter__()),
}
def attempt(use):
    try:
        return use()
    except (TypeError, AttributeError) as e:
        return type(e).__name__
for name, (method, use) in methods.items():
    before = attempt(use)
    setattr(A, name, method)
    now = attempt(use), attempt(use)
    delattr(A, name)
    print(name, before, *now, attempt(use))
# expect: __call__ TypeError called called TypeError
# expect: __eq__ False equal equal False
# expect: __iter__ TypeError [1] [1] TypeError
# expect: __len__ TypeError 3 3 TypeError
# expect: __contains__ TypeError True True TypeError
# expect: __getitem__ TypeError 4 4 TypeError
# expect: __add__ TypeError 4 4 TypeError
# expect: __radd__ TypeError 4 4 TypeError
# expect: __neg__ TypeError 1 1 TypeError
# expect: __next__ TypeError 2 2 TypeError
# expect: __lt__ TypeError True True TypeError
# expect: __int__ TypeError 7 7 TypeError
# expect: __float__ TypeError 7.5 7.5 TypeError
# expect: __enter__ AttributeError entered entered AttributeError

# __setattr__ may go again.
class S:
    def __setattr__(self, name, value):
        print("set", name)
class T(S):
    pass
t = T()
t.x = 1
del S.__setattr__
t.x = 2
print(t.x)
# expect: set x
# expect: 2
