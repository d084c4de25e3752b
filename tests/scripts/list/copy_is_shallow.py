a = [[1], 2]
b = a.copy()
b[0].append(3)
b.append(4)
print(a, b)  # expect: [[1, 3], 2] [[1, 3], 2, 4]
