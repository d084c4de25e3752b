try:
    class A(int, str):
        pass
except TypeError as e:
    print(e)
# expect: multiple bases have instance lay-out conflict
try:
    class B(bool):
        pass
except TypeError as e:
    print(e)
# expect: type 'bool' isn't an acceptable base type
try:
    type("C", (1,), {})
except TypeError as e:
    print("TypeError")
# expect: TypeError
