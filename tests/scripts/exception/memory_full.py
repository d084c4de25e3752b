# no-sweep: it fills the heap, and collecting at every allocation then takes minutes
def fill():
    keep = None
    while True:
        keep = [keep, bytearray(50000)]
try:
    fill()
except MemoryError as e:
    print(type(e).__name__, str(e)[:37])
# expect: MemoryError memory allocation failed, allocating 
try:
    bytearray(1 << 60)
except MemoryError as e:
    print(e)
# expect: memory allocation failed, allocating 1152921504606846976 bytes
print(sum(range(100)))
# expect: 4950
