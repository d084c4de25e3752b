d = {i: i for i in range(100)}
for k in d:
    if k % 2:
        del d[k]
        break
for k in list(d):
    if k % 3 == 0:
        del d[k]
print(len(d), sum(d))  # expect: 65 3266
