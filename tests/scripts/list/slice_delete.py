l = list(range(8))
del l[5:]
del l[:2]
del l[1:1]
print(l)  # expect: [2, 3, 4]
