# The only starred argument is iterated when the keyword arguments are evaluated; in all other calls at once.
class Noisy:
    def __init__(self, name):
        self.name = name
    def __iter__(self):
        print("iterate", self.name)
        return iter((1, 2))

def say(x):
    print("eval", x)
    return x

def f(*args, **kw):
    print(args, sorted(kw.items()))

f(*Noisy("a"), k=say(3))
# expect: eval 3
# expect: iterate a
# expect: (1, 2) [('k', 3)]
f(*Noisy("a"), k=say(3), **say({"x": 4}))
# expect: eval 3
# expect: eval {'x': 4}
# expect: iterate a
# expect: (1, 2) [('k', 3), ('x', 4)]
f(say(0), *Noisy("a"), k=say(3))
# expect: eval 0
# expect: iterate a
# expect: eval 3
# expect: (0, 1, 2) [('k', 3)]
f(*Noisy("a"), *Noisy("b"), k=say(3))
# expect: iterate a
# expect: iterate b
# expect: eval 3
# expect: (1, 2, 1, 2) [('k', 3)]

items = [1]
f(*items, k=items.append(2))  # expect: (1, 2) [('k', None)]
f(*items, k=(items := [])) # expect: (1, 2) [('k', [])]

class Method:
    def run(self, *args, **kw):
        f(*args, **kw)
Method().run(*Noisy("m"), k=say(5))
# expect: eval 5
# expect: iterate m
# expect: (1, 2) [('k', 5)]

try:
    f(*3, k=say(6))
except TypeError as e:
    print("TypeError")
# expect: eval 6
# expect: TypeError
