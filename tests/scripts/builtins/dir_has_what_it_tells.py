# dir tells no name that the object does not have.
class A:
    def __init__(self):
        self.own = 1
    def method(self):
        pass
class Derived(list):
    pass
print([name for name in dir(A()) if not name.startswith("__")], "__next__" in dir(A()), "__next__" in dir(Derived()))
# expect: ['method', 'own'] False False
def generator():
    yield
objects = [A(), A, Derived(), 3, "", [], {}, (), iter([]), generator(), generator, object(), int, None, 1.5, 1j, b"", bytearray(),
           set(), frozenset(), range(3), len, lambda: 0, A().method, Exception("x"), property(), map(int, []), zip(),
           enumerate([]), reversed([]), filter(None, []), memoryview(b""), ..., __import__("sys"), __import__("re").compile("a")]
print([(o, name) for o in objects for name in dir(o) if not hasattr(o, name)])
# expect: []
print("__next__" in dir(iter([])), "__next__" in dir(generator()), "__next__" in dir([]))
# expect: True True False
