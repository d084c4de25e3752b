class A:
    pass
class B(A):
    pass
class C(A):
    pass
class D(B, C):
    pass
print(A.__bases__ == (object,), B.__bases__ == (A,), D.__bases__ == (B, C), object.__bases__)
print(issubclass(D, (int, A)), issubclass(D, int), isinstance(D(), (B, str)), isinstance(1, object))
for bad in ((1, int), (int, 1)):
    try:
        issubclass(*bad)
    except TypeError as e:
        print(e)
# expect: True True True ()
# expect: True False True True
# expect: issubclass() arg 1 must be a class
# expect: issubclass() arg 2 must be a class or a tuple of classes
