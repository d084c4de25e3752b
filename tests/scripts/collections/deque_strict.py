from collections import deque
d = deque([1], 2, 1)
d.append(2)
for f in (d.append, d.appendleft):
    try:
        f(3)
    except IndexError as e:
        print(e, list(d))
# expect: full [1, 2]
# expect: full [1, 2]
