def chain(a, b, c):
    if a < b < c:
        return 1
    elif a is None or b is not None and not c:
        return 2
    elif a in b:
        return 3
    elif not (a not in b or c == "x"):
        return 4
    else:
        assert a, "message"


def constant(a):
    if True:
        a()
    if 0:
        dead()
    while 1:
        if a != 3:
            break
    return a


def nested(a, b):
    if a:
        if b:
            return 1
        else:
            b = 2
    else:
        b = 3
    return b


def decided(a):
    b = a.b if 1 else dead()
    print(f"text", dead() if None else 2)
    return dead() if () else b
