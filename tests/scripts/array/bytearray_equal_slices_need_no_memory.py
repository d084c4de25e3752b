import micropython
b = bytearray(b"abcdef")
m = memoryview(b)
micropython.heap_lock()
b[1:3] = b"xy"
m[3:5] = b"zz"
b[0] = 65
micropython.heap_unlock()
print(b)
# expect: bytearray(b'Axyzzf')
