d = {}
for k in (5, "a", 3, (1,), None, 1.5):
    d[k] = 0
del d[3]
d[3] = 1
d["a"] = 2
print(d)  # expect: {5: 0, 'a': 2, (1,): 0, None: 0, 1.5: 0, 3: 1}
