from collections import namedtuple
P = namedtuple("P", ["x", "y"])
p = P(1, y=2)
print(p, p.x, p.y, p[0], p[-1], len(p), list(p))  # expect: P(x=1, y=2) 1 2 1 2 2 [1, 2]
print(p == (1, 2), (1, 2) == p, hash(p) == hash((1, 2)), isinstance(p, tuple), p + (3,), p < (1, 3))  # expect: True True True True (1, 2, 3) True
a, b = p
print(a, b, "%d-%d" % p, {p: 1}[(1, 2)])  # expect: 1 2 1-2 1
