# What needs no memory works while the heap is locked.
import micropython


class Point:
    def __init__(self):
        self.x = 1

    def step(self, by=1):
        self.x += by
        return self.x


point = Point()
items = [3, 1, 2]
table = {"a": 1}
data = bytearray(8)
view = memoryview(data)
total = 0
step = point.step
i = result = 0


def add(a, b=2, *, c=3):
    return a + b + c


micropython.heap_lock()
for i in range(1000):
    total += i & 3
for i in items:
    total += i
for i in table:
    total += len(i)
items[0] = 9
items.sort()
items.reverse()
table["a"] = 5
data[0] = 255
view[1] = 7
result = add(1, c=4) + point.step(2) + step() + point.step() + max(1, 2) + sum((1, 2)) + abs(-1)
try:
    raise ValueError
except ValueError:
    result += 1
micropython.heap_unlock()
print(total, items, table, data, result)
# expect: 1507 [9, 2, 1] {'a': 5} bytearray(b'\xff\x07\x00\x00\x00\x00\x00\x00') 26
