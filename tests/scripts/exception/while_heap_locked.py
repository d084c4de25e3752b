import micropython
def f(kind):
    micropython.heap_lock()
    try:
        if kind == 0:
            nothing
        elif kind == 1:
            raise ValueError(1)
        elif kind == 2:
            [1, 2, kind]
        elif kind == 3:
            (1).nothing
        else:
            f(kind)
    except Exception as e:
        caught = e
    micropython.heap_unlock()
    return caught
for kind in range(4):
    print(repr(f(kind)))
# expect: NameError("name 'nothing' isn't defined",)
# expect: ValueError(1,)
# expect: MemoryError('memory allocation failed, heap is locked',)
# expect: AttributeError("'int' object has no attribute 'nothing'",)
