class Item:
    def __init__(self, n):
        self.n = n
    def __lt__(self, other):
        return self.n < other.n

l = [Item(3), Item(1), Item(2)]
l.sort()
print([i.n for i in l])  # expect: [1, 2, 3]
