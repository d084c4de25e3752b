b = bytearray(b"abcdef")
m = memoryview(memoryview(b)[1:5])[1:3]
m[0] = 33
print(b, bytes(m), bytes(m[0:1]), len(m))
# expect: bytearray(b'ab!def') b'!d' b'!' 2
import gc
def make():
    return memoryview(bytearray(b"kept"))
m = make()
gc.collect()
l = [bytearray(4) for i in range(100)]
print(bytes(m))
# expect: b'kept'
