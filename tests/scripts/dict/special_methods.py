d = {1: 2}
print(d.__getitem__(1), dict.__getitem__(d, 1))  # expect: 2 2
d.__setitem__(3, 4)
d.__delitem__(1)
print(d)  # expect: {3: 4}
