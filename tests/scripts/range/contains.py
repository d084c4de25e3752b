r = range(0, 100, 7)
print(14 in r, 15 in r, -7 in r, 98 in r, 105 in r, 14.0 in r, "a" in r, True in range(2))  # expect: True False False True False True False True
d = range(10, -10, -4)
print(10 in d, 6 in d, -10 in d, -6 in d, 1 << 80 in d)  # expect: True True False True False
