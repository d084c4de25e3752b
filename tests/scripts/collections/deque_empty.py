from collections import deque
d = deque([], 2)
for f in (d.pop, d.popleft):
    try:
        f()
    except IndexError as e:
        print(e)
# expect: empty
# expect: empty
try:
    d[0]
except IndexError as e:
    print(e)  # expect: deque index out of range
