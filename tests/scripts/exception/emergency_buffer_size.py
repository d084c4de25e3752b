import micropython
def f():
    micropython.heap_lock()
    try:
        nothing
    except NameError as e:
        caught = e
    micropython.heap_unlock()
    return repr(caught)
micropython.alloc_emergency_exception_buf(10)
print(f())
# expect: NameError("name 'noth",)
micropython.alloc_emergency_exception_buf(0)
print(f())
# expect: NameError()
micropython.alloc_emergency_exception_buf(256)
print(f())
# expect: NameError("name 'nothing' isn't defined",)
