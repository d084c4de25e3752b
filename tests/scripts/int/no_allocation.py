import micropython

a = (1 << 100) + 5
b = 1 << 100
data = bytes(12)

def work():
    x = 5
    for i in range(100):
        x = (x * 7 + i) % 1000003
    print(x, a - b, a // b, a & 255, int.from_bytes(data, "big"))

micropython.heap_lock()
try:
    work()
finally:
    micropython.heap_unlock()
# expect: 529415 5 1 5 0
