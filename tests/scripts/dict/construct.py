print(dict(), dict({1: 2}), dict([(1, 2), "ab"]), dict(a=1, b=2), dict({1: 2}, x=3))  # expect: {} {1: 2} {1: 2, 'a': 'b'} {'a': 1, 'b': 2} {1: 2, 'x': 3}
for bad in ([(1,)], [(1, 2, 3)], ["abc"]):
    try:
        dict(bad)
    except ValueError as e:
        print(e)
# expect: dict update sequence has wrong length
# expect: dict update sequence has wrong length
# expect: dict update sequence has wrong length
try:
    dict(1)
except TypeError as e:
    print(e)  # expect: 'int' object isn't iterable
