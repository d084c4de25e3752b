def counting(n):
    total = 0
    for i in range(n):
        if i % 2:
            continue
        if i > 100:
            break
        total += i
    else:
        total = -1
    return total


def ranges(a, b, c):
    for i in range(a, b):
        for j in range(a, b, c):
            pass
    for k in range(*a):
        pass


def until(a):
    while a > 0:
        a -= 1
        if a == 5:
            continue
        if a == 7:
            break
    else:
        a = None
    while True:
        a()


def unpacking(pairs):
    for a, (b, *c) in pairs:
        print(a, b, c)
    for x.y in pairs:
        pass
    return a


def unset(items):
    for item in items:
        last = item
    del item
    return last
