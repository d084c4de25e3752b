class Typed:
    def __init__(self, kind):
        self.kind = kind
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, obj, cls):
        return getattr(obj, self.name, None)
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError("wants " + self.kind.__name__)
        setattr(obj, self.name, value)
class Point:
    x = Typed(int)
    name = Typed(str)
p, q = Point(), Point()
p.x, p.name = 5, "p"
q.x = 7
print(p.x, p.name, q.x, q.name)  # expect: 5 p 7 None
try:
    p.x = "five"
except TypeError as e:
    print(e)
# expect: wants int
class NonData:
    def __get__(self, obj, cls):
        return "from the descriptor"
class A:
    d = NonData()
a = A()
print(a.d)  # expect: from the descriptor
