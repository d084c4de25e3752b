def pairs(a, b, c):
    a, b = b, a
    a, b = b, a + b
    a, b, c = 1, 2.5, "text"
    a, c.x = c, a
    (a, b), c = c
    a = b = c = 0
    a.x = b[0] = c
    [a, *b, c] = a
    *a, = b
    a: int = 1
    b: int
    return a, b


def unset(flag):
    if flag:
        x = 1
    print(x)
    print(x)
    del x
    x


def sure(flag):
    if flag:
        x = 1
    else:
        x = 2
    while flag:
        y = x
        break
    else:
        y = 3
    return y


def displays(a, b):
    [a, b], {a, b}, {a: b, 1: 2}, (), [], {}
    [a, *b], {*a, b}, (*a, *b), {**a, "b": b}


def big_display(a):
    return [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a,
            a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]
