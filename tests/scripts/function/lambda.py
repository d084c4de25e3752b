print((lambda: 1)(), (lambda x, y=2, *a, k=3, **kw: (x, y, a, k, kw))(1, 5, 6, k=7, z=8))
# expect: 1 (1, 5, (6,), 7, {'z': 8})
print(sorted([3, 1, 2], key=lambda x: -x), list(map(lambda a, b: a * b, [1, 2], [3, 4])))  # expect: [3, 2, 1] [3, 8]
print((lambda x: lambda y: x + y)(1)(2), [f(2) for f in [lambda x: x, lambda x: x * x]])  # expect: 3 [2, 4]
print((lambda *_: "any")(1, 2), (lambda: (yield))() is not None)  # expect: any True
