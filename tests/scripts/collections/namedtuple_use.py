from collections import namedtuple
P = namedtuple("P", ["x", "y"])
p = P(1, y=2)
x, y = p
print(p, p.x, p[1], x, y, len(p), p == (1, 2), p + (3,), isinstance(p, tuple), 2 in p, list(p), P(*[5, 6]).y, hash(p) == hash((1, 2)))
# expect: P(x=1, y=2) 1 2 1 2 2 True (1, 2, 3) True True [1, 2] 6 True
Q = namedtuple("Q", ("a", "b"))
print(Q(1, 2), sorted([P(2, 1), P(1, 5)]), {p: "key"}[P(1, 2)])  # expect: Q(a=1, b=2) [P(x=1, y=5), P(x=2, y=1)] key
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: setattr(p, "x", 5), lambda: p.z):
    try:
        f()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: AttributeError
# expect: AttributeError
