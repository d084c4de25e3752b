d = {i: i for i in range(20)}
d.clear()
print(d, len(d), bool(d), 1 in d)  # expect: {} 0 False False
d[1] = 2
print(d)  # expect: {1: 2}
