def parameters(a, b=1, *args, c, d=2, **kw):
    return a


def defaults(a=1, b=parameters, *, c=parameters):
    lambda x, y=a: x + y


def calls(f, a):
    f()
    f(a, 1, key=a)
    f.method(a, key=1)
    f(*a)
    f.method(1, *a, 2, key=3, **a)
    f(**a, key=1)
    return f(f(a), f(f))


def counter():
    count = 0
    other = 1

    def increment(by):
        nonlocal count
        count += by
        return count + other

    def deeper():
        return lambda: count

    del other
    return increment, deeper


@outer
@inner(1)
def decorated():
    global changed
    changed = 1


@micropython.native
def native():
    pass
