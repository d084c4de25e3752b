class M:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name * 2
    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind and kind.__name__)
        return self.swallow
with M("a") as x, M("b") as y, M("c"):
    print(x, y)
# expect: enter a
# expect: enter b
# expect: enter c
# expect: aa bb
# expect: exit c None
# expect: exit b None
# expect: exit a None
with M("s", True):
    raise ValueError
# expect: enter s
# expect: exit s ValueError
print("after")  # expect: after
try:
    with M("k"):
        with M("l"):
            raise KeyError
except KeyError:
    print("KeyError")
# expect: enter k
# expect: enter l
# expect: exit l KeyError
# expect: exit k KeyError
# expect: KeyError
def f():
    for i in range(3):
        with M(str(i)):
            if i == 0:
                continue
            return i
print(f())
# expect: enter 0
# expect: exit 0 None
# expect: enter 1
# expect: exit 1 None
# expect: 1
