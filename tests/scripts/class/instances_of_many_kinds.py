class A:
    pass
a, b = A(), A()
print(a == a, a == b, a != b, a is b, hash(a) == hash(a), a in [b, a], type(a) is A, a.__class__ is A)
# expect: True False True False True True True True
a.x = 1
a.__dict__["x"]
print(a.__dict__, hasattr(b, "x"), A.__name__)  # expect: {'x': 1} False A
A.shared = []
a.shared.append(1)
print(b.shared)  # expect: [1]
b.shared = "own"
print(a.shared, A.shared, b.shared)  # expect: [1] [1] own
class Empty: ...
print(isinstance(Empty(), object), bool(Empty()))  # expect: True True
