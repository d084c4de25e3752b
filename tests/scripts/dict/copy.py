a = {1: [2]}
b = a.copy()
b[1].append(3)
b[4] = 5
print(a, b)  # expect: {1: [2, 3]} {1: [2, 3], 4: 5}
