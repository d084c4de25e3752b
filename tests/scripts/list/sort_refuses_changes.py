l = [3, 1, 2]
try:
    l.sort(key=lambda x: l.append(x) or x)
except ValueError as e:
    print(e)  # expect: list modified during sort
print(l)  # expect: [1, 2, 3]

class Pushing:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        l.append(other)
        return self.n < other.n

l = [Pushing(i * 7 % 10) for i in range(10)]
try:
    l.sort()
except ValueError as e:
    print(e, [p.n for p in l])  # expect: list modified during sort [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
