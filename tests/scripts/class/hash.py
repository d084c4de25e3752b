class A:
    pass
a = A()
print({a: 1}[a], hash(a) == hash(a))
class B:
    def __eq__(self, o):
        return True
try:
    {B(): 1}
except TypeError:
    print("unhashable")
class C:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        return self.v == o.v
    def __hash__(self):
        return self.v
print({C(1): "x"}[C(1)], hash(C(7)))
# expect: 1 True
# expect: unhashable
# expect: x 7
