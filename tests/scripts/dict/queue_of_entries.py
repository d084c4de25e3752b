# The oldest goes as the newest comes.
d = {}
for i in range(20000):
    d[i] = i
    if i >= 100:
        first = next(iter(d))
        del d[first]
print(len(d), list(d)[0], list(d)[-1])  # expect: 100 19900 19999
