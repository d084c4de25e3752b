class A:
    def __format__(self, spec):
        return "<" + spec + ">"
    def __str__(self):
        return "str"
print("{:abc}".format(A()), "{}".format(A()), f"{A():x}", "{!s:>5}".format(A()))
# expect: <abc> <> <x>   str
class B:
    def __str__(self):
        return "b"
print("{}".format(B()), f"{B()}")
# expect: b b
