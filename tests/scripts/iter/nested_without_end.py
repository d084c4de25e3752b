# A tower of iterators ends in an error, not in a crash.
for wrap in (enumerate, zip, lambda x: map(max, x, ()), lambda x: filter(None, x), lambda x: map(lambda y: y, x)):
    x = (1, 2)
    try:
        for i in range(5000):
            x = wrap(x)
        print(len(tuple(x)))
    except RuntimeError as e:
        print(e)
# expect: maximum recursion depth exceeded
# expect: maximum recursion depth exceeded
# expect: maximum recursion depth exceeded
# expect: maximum recursion depth exceeded
# expect: maximum recursion depth exceeded
