import micropython
class A:
    def __init__(self):
        self.x = 1
    def get(self):
        return self.x
    def __call__(self, n):
        return n + self.x
class B(A):
    def get(self):
        return super().get()
a = B()
t = (3, 1, 2)
def work():
    for i in range(3):
        a.x = i
        a.get()
        a(1)
    isinstance(a, A)
    len(t)
    max(t)
    min(t)
    sum(t)
    all(t)
    any(t)
    abs(-1)
    hash("a")
    getattr(a, "x")
    hasattr(a, "get")
    print(1, "a", None, True, b"b", t)
work()
micropython.heap_lock()
work()
micropython.heap_unlock()
# expect: 1 a None True b'b' (3, 1, 2)
# expect: 1 a None True b'b' (3, 1, 2)
