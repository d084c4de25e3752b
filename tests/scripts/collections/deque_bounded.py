from collections import deque
d = deque((), 3)
for i in range(5):
    d.append(i)
print(list(d), len(d))  # expect: [2, 3, 4] 3
d.appendleft(9)
print(list(d))  # expect: [9, 2, 3]
print(d.pop(), d.popleft(), list(d), bool(d))  # expect: 3 9 [2] True
d.extend(range(10))
print(list(d), d[0], d[-1])  # expect: [7, 8, 9] 7 9
d[1] = "x"
print(list(d), 8 in d, "x" in d)  # expect: [7, 'x', 9] False True
