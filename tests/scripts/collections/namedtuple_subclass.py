from collections import namedtuple

class Point(namedtuple("Base", "x y")):
    def norm(self):
        return self.x * self.x + self.y * self.y

p = Point(3, 4)
print(p.norm(), p.x, p == (3, 4), len(p), [c for c in p], isinstance(p, tuple))  # expect: 25 3 True 2 [3, 4] True
