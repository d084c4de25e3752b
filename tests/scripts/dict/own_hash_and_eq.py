class Key:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return self.n % 2
    def __eq__(self, other):
        return self.n == other.n

d = {Key(i): i for i in range(30)}
print(len(d), d[Key(7)], Key(30) in d)  # expect: 30 7 False
del d[Key(8)]
d[Key(7)] = "seven"
print(len(d), d.get(Key(8)), d[Key(7)])  # expect: 29 None seven
