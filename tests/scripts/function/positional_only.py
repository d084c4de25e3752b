# Parameters before a / can't be given by name.
def f(a, b=2, /, c=3, *, d=4):
    return a, b, c, d
print(f(1), f(1, 5), f(1, 5, 6, d=7), f(1, c=8), f(*[1, 2], **{"c": 9}))
# expect: (1, 2, 3, 4) (1, 5, 3, 4) (1, 5, 6, 7) (1, 2, 8, 4) (1, 2, 9, 4)
for names in {"a": 1}, {"b": 1}:
    try:
        f(0, **names)
    except TypeError as e:
        print(e)
# expect: unexpected keyword argument 'a'
# expect: unexpected keyword argument 'b'
for use in (lambda: f(a=1), lambda: f(), lambda: f(c=1)):
    try:
        use()
    except TypeError as e:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError

# So their names are free for other arguments.
def rest(self, /, x=0, **names):
    return self, x, names
print(rest(1, self=2), rest(1, x=3, self=2, names=4), rest(1, **{"self": 5}))
# expect: (1, 0, {'self': 2}) (1, 3, {'self': 2, 'names': 4}) (1, 0, {'self': 5})
class C:
    def __init__(self, value, /, **names):
        self.value, self.names = value, names
    def method(self, value, /, *others, value2=1):
        return value, others, value2
    @classmethod
    def of(cls, value, /):
        return cls(value, value=2, self=3)
c = C.of(1)
print(c.value, c.names, c.method(1, 2, value2=3))
# expect: 1 {'value': 2, 'self': 3} (1, (2,), 3)
try:
    c.method(value=1)
except TypeError as e:
    print("TypeError")
# expect: TypeError

# In lambdas, generators and coroutines too.
print((lambda a, /, b: (a, b))(1, b=2), (lambda a=1, /, *b, **c: (a, b, c))(1, 2, a=3))
# expect: (1, 2) (1, (2,), {'a': 3})
def generator(n, /, **names):
    yield n, names
print(list(generator(1, n=2)))
# expect: [(1, {'n': 2})]

for source in (
    "def f(/): pass", "def f(a, /, /): pass", "def f(*, a, /): pass", "def f(*a, /): pass", "def f(**k, /): pass",
    "def f(a, /, a): pass", "def f(a=1, /, b): pass", "lambda /: 1", "def f(a /): pass", "def f(/, a): pass",
):
    try:
        exec(source)
        print(source)
    except SyntaxError:
        pass
for source in "def f(a, /): pass", "def f(a, /,): pass", "def f(a=1, /, b=2): pass", "lambda a, /, *, b: 1", "def f(a: int, /, b: int) -> int: pass":
    exec(source)
