s = set()
for i in range(4000):
    s.add(i * 31 % 4001)
for i in range(2000):
    s.discard(i)
print(len(s), 1999 in s, 2000 in s, sum(s))  # expect: 2000 False True 5999030
