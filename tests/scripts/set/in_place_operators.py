s = t = {1, 2, 3}
s |= {4}
s &= {2, 3, 4}
s -= {3}
s ^= {2, 9}
print(s is t, t == {4, 9})  # expect: True True
s -= s
print(t)  # expect: set()
