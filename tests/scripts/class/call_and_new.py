class Single:
    made = None
    def __new__(cls, *args):
        print("new", cls.__name__, args)
        if not cls.made:
            cls.made = super().__new__(cls)
        return cls.made
    def __init__(self, *args):
        print("init", args)
a = Single(1)
# expect: new Single (1,)
# expect: init (1,)
b = Single(2)
# expect: new Single (2,)
# expect: init (2,)
print(a is b)  # expect: True
class Other:
    def __new__(cls):
        return "not an instance"
    def __init__(self):
        print("never")
print(Other())  # expect: not an instance
class Callable:
    def __call__(self, x, *, k=2):
        return x * k
c = Callable()
print(c(3), c(3, k=5), list(map(c, [1, 2])), callable(c), callable(a))  # expect: 6 15 [2, 4] True False
