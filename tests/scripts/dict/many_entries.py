d = {}
for i in range(5000):
    d[i] = str(i)
for i in range(0, 5000, 2):
    del d[i]
print(len(d), d[4999], 4998 in d)  # expect: 2500 4999 False
for i in range(5000):
    d[i] = i
print(len(d), sum(d.values()), list(d)[:3], list(d)[-1])  # expect: 5000 12497500 [1, 3, 5] 4998
