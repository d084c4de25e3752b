# A script may end with its heap locked.
import micropython

print("locked")  # expect: locked
micropython.heap_lock()
micropython.heap_lock()
