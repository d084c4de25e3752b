# What a call of a class does follows every change to it and its bases, however often it was called before.


class Base:
    pass


class A(Base):
    def __init__(self, x):
        self.x = x


def make(*args):
    try:
        made = A(*args)
    except (TypeError, ValueError) as error:
        return type(error).__name__
    return made.x if isinstance(made, A) else made


def make_thrice(*args):
    return [make(*args), make(*args), make(*args)]


print(make_thrice(1))  # expect: [1, 1, 1]


def doubled(self, x):
    self.x = 2 * x


A.__init__ = doubled
print(make_thrice(1))  # expect: [2, 2, 2]

A.__init__ = lambda self, x, y=7, *, z=0: setattr(self, "x", (x, y, z))
print(make_thrice(1))  # expect: [(1, 7, 0), (1, 7, 0), (1, 7, 0)]
print(A(1, z=3).x, A(y=1, x=2).x)  # expect: (1, 7, 3) (2, 1, 0)

A.__init__ = lambda self, x: x
print(make_thrice(1))  # expect: ['TypeError', 'TypeError', 'TypeError']


def generator(self, x):
    yield x


A.__init__ = generator
print(make_thrice(1))  # expect: ['TypeError', 'TypeError', 'TypeError']


def raising(self, x):
    raise ValueError


A.__init__ = raising
print(make_thrice(1))  # expect: ['ValueError', 'ValueError', 'ValueError']


class Callable:
    def __call__(self, x):
        print("called with", x)


A.__init__ = Callable()
A.x = "of the class"
print(make(3))
# expect: called with 3
# expect: of the class

del A.__init__
print(make_thrice())  # expect: ['of the class', 'of the class', 'of the class']
Base.__init__ = doubled
print(make_thrice(4))  # expect: [8, 8, 8]
print(make_thrice())  # expect: ['TypeError', 'TypeError', 'TypeError']

Base.__new__ = lambda cls, x: ("instead", x)
print(make_thrice(5))  # expect: [('instead', 5), ('instead', 5), ('instead', 5)]
del Base.__new__
print(make_thrice(6))  # expect: [12, 12, 12]


# In the middle of a loop, and from within the __init__ that runs.
class Counted:
    def __init__(self, n):
        self.n = n
        if n == 2:
            Counted.__init__ = lambda self, n: setattr(self, "n", -n)


print([Counted(n).n for n in range(5)])  # expect: [0, 1, 2, -3, -4]
