import micropython
from array import array
a, b, m = array("h", [1, 2, 3]), bytearray(b"abc"), memoryview(b"xyz")
def work():
    n = 0
    for x in a:
        n += x
    for x in b:
        n += x
    for x in m:
        n += x
    for x in b"12":
        n += x
    return n
n = work()
micropython.heap_lock()
n = work()
micropython.heap_unlock()
print(n)
# expect: 762
