class A:
    pass
class B(A):
    pass
try:
    A.x = property(lambda self: 1)
except AttributeError as e:
    print(e)
# expect: can't add special method to already-subclassed class
B.x = property(lambda self: 2)
print(B().x)
# expect: 2
