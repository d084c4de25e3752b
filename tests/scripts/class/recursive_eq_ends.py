class A:
    def __eq__(self, other):
        return self == other
try:
    A() == A()
except RuntimeError:
    print("RuntimeError")
# expect: RuntimeError
