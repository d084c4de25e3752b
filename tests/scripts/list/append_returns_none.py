l = []
print(l.append(1))  # expect: None
l.append([2])
print(l)  # expect: [1, [2]]
