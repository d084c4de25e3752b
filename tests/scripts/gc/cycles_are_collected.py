import gc
class Node:
    pass
def cycle():
    a, b = Node(), Node()
    a.other, b.other = b, a
    a.me = a
    a.data = bytearray(1000)
gc.collect()
for i in range(3000):
    cycle()
gc.collect()
print(gc.mem_alloc() < 1000000)
# expect: True
