# A new list has room for four items, and a small one that is cleared keeps its room.
import micropython

i = 0
items = []
few = [1]
micropython.heap_lock()
for i in range(4):
    items.append(i)
for i in range(3):
    few.append(i)
for i in range(20):
    items.clear()
    items.append(i)
micropython.heap_unlock()
print(items, few)  # expect: [19] [1, 0, 1, 2]
