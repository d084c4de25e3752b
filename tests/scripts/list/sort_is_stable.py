l = [(i * 7 % 5, i) for i in range(40)]
l.sort(key=lambda p: p[0])
print(all(a <= b for a, b in zip(l, l[1:])))  # expect: True
l.sort(key=lambda p: p[0], reverse=True)
print([p[1] for p in l if p[0] == 2] == sorted(p[1] for p in l if p[0] == 2))  # expect: True
print([p[0] for p in l] == sorted((p[0] for p in l), reverse=True))  # expect: True
