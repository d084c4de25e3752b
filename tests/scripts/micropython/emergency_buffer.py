# With a buffer an exception raised while the heap is locked has its message and traceback; without one only its class.
import io, micropython, sys


def raise_locked(action):
    micropython.heap_lock()
    try:
        action()
    except Exception as e:
        micropython.heap_unlock()
        text = io.StringIO()
        sys.print_exception(e, text)
        lines = text.getvalue().split("\n")
        print(len(lines) - 2, "|", lines[-2], "|", len(e.args))


def allocate():
    bytearray(1)


def misname():
    no_such_name


def misuse():
    None + 1


for size in (100, 0, -1, 8, 200, 256, 10000):
    print(size, micropython.alloc_emergency_exception_buf(size))
    for action in (allocate, misname, misuse):
        raise_locked(action)
# expect: 100 None
# expect: 3 | MemoryError: memory allocation failed, heap is locked | 1
# expect: 3 | NameError: name 'no_such_name' isn't defined | 1
# expect: 3 | TypeError: unsupported types for __add__: 'NoneType', 'int' | 1
# expect: 0 None
# expect: 0 | MemoryError:  | 0
# expect: 0 | NameError:  | 0
# expect: 0 | TypeError:  | 0
# expect: -1 None
# expect: 0 | MemoryError:  | 0
# expect: 0 | NameError:  | 0
# expect: 0 | TypeError:  | 0
# expect: 8 None
# expect: 3 | MemoryError: memory a | 1
# expect: 3 | NameError: name 'no | 1
# expect: 3 | TypeError: unsuppor | 1
# expect: 200 None
# expect: 3 | MemoryError: memory allocation failed, heap is locked | 1
# expect: 3 | NameError: name 'no_such_name' isn't defined | 1
# expect: 3 | TypeError: unsupported types for __add__: 'NoneType', 'int' | 1
# expect: 256 None
# expect: 3 | MemoryError: memory allocation failed, heap is locked | 1
# expect: 3 | NameError: name 'no_such_name' isn't defined | 1
# expect: 3 | TypeError: unsupported types for __add__: 'NoneType', 'int' | 1
# expect: 10000 None
# expect: 3 | MemoryError: memory allocation failed, heap is locked | 1
# expect: 3 | NameError: name 'no_such_name' isn't defined | 1
# expect: 3 | TypeError: unsupported types for __add__: 'NoneType', 'int' | 1
