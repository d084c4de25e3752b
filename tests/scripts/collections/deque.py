from collections import deque
d = deque((), 3)
for i in range(5):
    d.append(i)
print(list(d), len(d), d[0], d[-1], bool(d))  # expect: [2, 3, 4] 3 2 4 True
d.appendleft(9)
print(list(d), d.pop(), d.popleft(), list(d))  # expect: [9, 2, 3] 3 9 [2]
d.extend([5, 6])
d[0] = "first"
print(list(d), 6 in d, [x for x in d])  # expect: ['first', 5, 6] True ['first', 5, 6]
try:
    deque((), 1).pop()
except IndexError:
    print("IndexError")
# expect: IndexError
