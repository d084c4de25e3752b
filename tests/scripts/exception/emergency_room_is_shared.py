# There is one exception for emergencies: the second overwrites the first.
import micropython
def f():
    micropython.heap_lock()
    try:
        raise ValueError("first")
    except ValueError as e:
        first = e
    try:
        raise KeyError("second")
    except KeyError as e:
        second = e
    micropython.heap_unlock()
    print(first is second, repr(first))
f()
# expect: True KeyError('second',)
