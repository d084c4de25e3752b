# Later instances have room inside for what the first ones grew to.
class A:
    def __init__(self):
        self.a = 1
        self.b = 2
        self.c = 3
        self.d = 4
        self.e = 5
        self.f = 6
        self.g = 7
    def total(self):
        return self.a + self.b + self.c + self.d + self.e + self.f + self.g
things = [A() for _ in range(5)]
for t in things:
    t.h = 8
print([t.total() + t.h for t in things])
# expect: [36, 36, 36, 36, 36]
