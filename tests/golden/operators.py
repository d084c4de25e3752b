def arithmetic(a, b, c):
    x = a + b * c - 1
    x -= a ** 2
    y = -a, +b, ~c
    z = a.field + b[0] + c[a]
    return x @ y // z


def comparisons(a, b, c):
    p = a < b
    q = a < b <= c
    r = a in b, a not in b, a is b, a is not None
    s = not a
    return a and b or c


def rebinding(a):
    return a + (a := 5) + a, a + 1, (b := a) + (b := 2)


def slices(a, i):
    a[i:] = a[:i]
    a[::2] = a[i, 1:2]
    del a[1:], a[i], a.b
    a[i] += 1
    a[1:2] *= 2
    a.b |= i


def conditional(a, b):
    x = 1 if a else b
    return x if a < b else None


def text(a, b):
    return f"{a}", f"{a!r:>{b}} and {b:x}", f"plain"
