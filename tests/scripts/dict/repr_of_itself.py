d = {}
d[1] = d
try:
    repr(d)
except RuntimeError as e:
    print(e)  # expect: maximum recursion depth exceeded
