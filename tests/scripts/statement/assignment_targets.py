a = b = c = [1]
print(a is b is c)  # expect: True
a, b = b, a
(x, y), [z, *w] = (1, 2), (3, 4, 5)
print(x, y, z, w)  # expect: 1 2 3 [4, 5]
*start, end = range(4)
first, *middle, last = "abcd"
print(start, end, first, middle, last)  # expect: [0, 1, 2] 3 a ['b', 'c'] d
l = [0, 1, 2]
i = 0
i, l[i] = 2, "changed"
print(i, l)  # expect: 2 [0, 1, 'changed']
d = {}
d["k"], d["l"] = 1, 2
print(d)  # expect: {'k': 1, 'l': 2}
a, = [5]
[b] = (6,)
[] = ()
print(a, b)  # expect: 5 6
x = y = 0
x, y = y + 1, x + 2
print(x, y)  # expect: 1 2
