l = [3, 1, 2]
sizes = []
l.sort(key=lambda x: sizes.append(len(l)) or x)
print(sizes, l)  # expect: [0, 0, 0] [1, 2, 3]
