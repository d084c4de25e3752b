# An error that ends a script with its heap locked is told whole.
import micropython


def fail():
    bytearray(10)


micropython.heap_lock()
fail()
# expect-error: MemoryError: memory allocation failed, heap is locked
