l = [1, 2, 3]
seen = []
for x in l:
    seen.append(x)
    if x == 2:
        l.append(4)
    if x == 3:
        l.clear()
print(seen, l)  # expect: [1, 2, 3] []
