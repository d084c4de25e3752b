# The class of a class is type, whatever it says of its instances.
class A:
    @property
    def __class__(self):
        return int
print(A.__class__, A().__class__, type(A()).__name__)
# expect: <class 'type'> <class 'int'> A
class B(A):
    __class__ = 5
print(B.__class__, B().__class__, int.__class__, type.__class__)
# expect: <class 'type'> 5 <class 'type'> <class 'type'>
