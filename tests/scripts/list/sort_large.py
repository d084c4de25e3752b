x = 12345
l = []
for i in range(3000):
    x = (x * 1103515245 + 12345) & 0x7FFFFFFF
    l.append(x)
by_key = list(l)
l.sort()
print(all(l[i] <= l[i + 1] for i in range(len(l) - 1)), sum(l) == sum(by_key))  # expect: True True
by_key.sort(key=lambda n: -n)
print(by_key == l[::-1])  # expect: True
