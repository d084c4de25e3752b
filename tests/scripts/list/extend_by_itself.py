l = [1, 2]
l.extend(l)
print(l)  # expect: [1, 2, 1, 2]
l += l
print(l)  # expect: [1, 2, 1, 2, 1, 2, 1, 2]
