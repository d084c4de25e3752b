l = [1]
l.append(l)
try:
    repr(l)
except RuntimeError as e:
    print(e)  # expect: maximum recursion depth exceeded
