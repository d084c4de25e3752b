class A:
    pass
class B(A):
    pass
try:
    super(B, A())
except TypeError:
    print("TypeError")
# expect: TypeError
try:
    super(1, 2)
except TypeError:
    print("TypeError")
# expect: TypeError
print(str(super(B, B())).startswith("<super: <class 'B'>, <B object at "))
# expect: True
