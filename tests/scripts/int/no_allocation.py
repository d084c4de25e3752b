import micropython

a = (1 << 100) + 5
b = 1 << 100
data = bytes(12)

def work():
    x = 5
    for i in range(100):
        x = (x * 7 + i) % 1000003
    y = a - b
    z = a // b
    w = a & 255
    v = int.from_bytes(data, "big")
    return x, y, z, w, v

micropython.heap_lock()
try:
    x = 5
    for i in range(100):
        x = (x * 7 + i) % 1000003
    y = a - b
    z = a // b
    w = a & 255
    v = int.from_bytes(data, "big")
finally:
    micropython.heap_unlock()
print(x, y, z, w, v)
# expect: 264437 5 1 5 0
