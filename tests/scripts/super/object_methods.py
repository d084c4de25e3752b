class A:
    def __init__(self):
        super().__init__()
        print("init")
A()
class B:
    def f(self):
        return super().f()
try:
    B().f()
except AttributeError:
    print("AttributeError")
# expect: init
# expect: AttributeError
