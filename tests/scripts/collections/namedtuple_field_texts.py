from collections import namedtuple
print(namedtuple("A", "x y")(1, 2), namedtuple("B", "x, y")(1, 2), namedtuple("C", ("x",))(1), namedtuple("D", [])())  # expect: A(x=1, y=2) B(x=1, y=2) C(x=1) D()
try:
    namedtuple("E", 1)
except TypeError:
    print("TypeError")  # expect: TypeError
