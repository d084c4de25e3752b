def f(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q):
    return [a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q]
print(f(*range(16)))  # expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
names = "abcdeghijklmnopq"
print(f(**{name: i for i, name in enumerate(names)}) == list(range(16)))  # expect: True
def count(*args, **kw):
    return len(args), len(kw)
print(count(*range(2000)), count(**{"k%d" % i: i for i in range(300)}))  # expect: (2000, 0) (0, 300)
