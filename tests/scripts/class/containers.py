class Seq:
    def __init__(self, n):
        self.n = n
    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError
        return i * 10
    def __len__(self):
        return self.n
s = Seq(4)
print(s[2], len(s), list(s), 20 in s, 25 in s)
print([x for x in s], max(s), sum(s))
class D:
    def __init__(self):
        self.log = []
    def __setitem__(self, k, v):
        self.log.append(("set", k, v))
    def __delitem__(self, k):
        self.log.append(("del", k))
    def __contains__(self, k):
        return k == 1
d = D()
d[1] = 2
del d[3]
print(d.log, 1 in d, 2 in d)
# expect: 20 4 [0, 10, 20, 30] True False
# expect: [0, 10, 20, 30] 30 60
# expect: [('set', 1, 2), ('del', 3)] True False
