class A:
    def __new__(cls, x):
        print("new", cls.__name__, x)
        return super().__new__(cls)
    def __init__(self, x):
        print("init", x)
        self.x = x
print(A(5).x)
class B:
    def __new__(cls):
        return 7
    def __init__(self):
        print("never")
print(B())
# expect: new A 5
# expect: init 5
# expect: 5
# expect: 7
