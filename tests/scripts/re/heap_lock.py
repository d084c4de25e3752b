import re, micropython
p = re.compile("a")
compile = re.compile
match = p.match
text = "b"
def attempt():
    micropython.heap_lock()
    found = match(text)
    try:
        compile(text)
    except MemoryError as e:
        error = e
    micropython.heap_unlock()
    return found, error
print(attempt())
# expect: (None, MemoryError('memory allocation failed, heap is locked',))
micropython.heap_lock()
try:
    match("a")
except MemoryError:
    print("no memory")
micropython.heap_unlock()
# expect: no memory
try:
    micropython.heap_lock()
    re.match("b", text)
except MemoryError:
    micropython.heap_unlock()
    print("no memory")
# expect: no memory
