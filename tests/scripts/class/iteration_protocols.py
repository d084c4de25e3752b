class Up:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return UpIterator(self.n)
class UpIterator:
    def __init__(self, n):
        self.n, self.i = n, 0
    def __iter__(self):
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i
u = Up(3)
print(list(u), list(u), tuple(u), sum(u), max(u), 2 in u, sorted(u))
# expect: [1, 2, 3] [1, 2, 3] (1, 2, 3) 6 3 True [1, 2, 3]
for a in u:
    for b in u:
        print(a, b) if a == b else None
# expect: 1 1
# expect: 2 2
# expect: 3 3
print(dict(zip(u, "abc")), list(enumerate(u)), {x for x in u} == {1, 2, 3})
# expect: {1: 'a', 2: 'b', 3: 'c'} [(0, 1), (1, 2), (2, 3)] True
