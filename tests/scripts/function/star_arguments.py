def f(*args, **kw):
    return args, sorted(kw.items())
print(f(), f(1, 2), f(a=1, b=2), f(1, *[2, 3], *(4,), x=5, **{"y": 6}, **{"z": 7}))
# expect: ((), []) ((1, 2), []) ((), [('a', 1), ('b', 2)]) ((1, 2, 3, 4), [('x', 5), ('y', 6), ('z', 7)])
print(f(*range(3), **{}), f(*"ab"), f(*{1: 2}), f(*(i for i in (1, 2))))
# expect: ((0, 1, 2), []) (('a', 'b'), []) ((1,), []) ((1, 2), [])
def g(a, *rest, key=None, **more):
    return a, rest, key, sorted(more)
print(g(1), g(1, 2, 3, key=4), g(1, other=2, key=3), g(*[1, 2], **{"key": 5, "k": 6}))
# expect: (1, (), None, []) (1, (2, 3), 4, []) (1, (), 3, ['other']) (1, (2,), 5, ['k'])
