import micropython
print(micropython.heap_lock())
try:
    [1, 2, 3]
    print("allocated")
except MemoryError:
    print("locked")
x = 1 + 2
micropython.heap_lock()
print(micropython.heap_unlock(), x)
print(micropython.heap_unlock(), [1, 2, 3])
# expect: None
# expect: locked
# expect: 1 3
# expect: 0 [1, 2, 3]
