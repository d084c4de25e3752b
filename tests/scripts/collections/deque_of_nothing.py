from collections import deque
d = deque([1, 2], 0)
d.append(1)
d.appendleft(1)
print(len(d), list(d))  # expect: 0 []
