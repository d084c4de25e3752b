l = [1, 2]
l.insert(100, 3)
l.insert(-100, 0)
l.insert(-1, "x")
print(l)  # expect: [0, 1, 2, 'x', 3]
