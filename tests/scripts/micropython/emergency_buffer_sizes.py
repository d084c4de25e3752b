# A buffer that there is no memory for is an error, and the one that there was stays.
import micropython

micropython.alloc_emergency_exception_buf(100)
for size in (1 << 50, 1 << 70, "100", 1.5, None):
    try:
        print(micropython.alloc_emergency_exception_buf(size))
    except Exception as e:
        print(repr(e))
# expect: MemoryError('memory allocation failed, allocating 1125899906842624 bytes',)
# expect: OverflowError('overflow converting long int to machine word',)
# expect: TypeError("can't convert str to int",)
# expect: TypeError("can't convert float to int",)
# expect: TypeError("can't convert NoneType to int",)
micropython.heap_lock()
try:
    bytearray(1)
except MemoryError as e:
    micropython.heap_unlock()
    print(e)  # expect: memory allocation failed, heap is locked
