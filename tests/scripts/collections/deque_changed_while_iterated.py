from collections import deque
d = deque(range(3), 5)
seen = []
for x in d:
    seen.append(x)
    if len(seen) < 10:
        d.append(x + 10)
print(len(seen) < 20)  # expect: True
