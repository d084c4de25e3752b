class L(list):
    def __init__(self, *items):
        super().__init__(items)
        self.extra = "extra"
    def append(self, x):
        super().append(x * 2)
    def __len__(self):
        return 100
l = L(1, 2)
l.append(5)
print(l, l.extra, len(l), l[2], l[-1], list(l), 10 in l, isinstance(l, list))
# expect: [1, 2, 10] extra 100 10 10 [1, 2, 10] True True
l.extend([7])
l += [8]
print(sorted(l, reverse=True), l == [1, 2, 10, 7, 8], l + [9], [x for x in l])
# expect: [10, 8, 7, 2, 1] True [1, 2, 10, 7, 8, 9] [1, 2, 10, 7, 8]
