# Memory is set aside for four exceptions. Of more, while the heap stays locked, only the class is told, and that of the
# last one; when it has been unlocked there is some for the next ones again.
import micropython


def fail(action):
    try:
        action()
    except Exception as e:
        return e


def allocate():
    [1]


def attribute():
    None.missing


def divide():
    1 / 0


actions = [allocate, attribute, divide, allocate, attribute, divide]
kept = [None] * 6
for turn in range(3):
    micropython.heap_lock()
    for i in range(6):
        kept[i] = fail(actions[i])
    micropython.heap_unlock()
    if turn < 2:
        continue
    for e in kept:
        print(type(e).__name__, e.args)
# expect: MemoryError ('memory allocation failed, heap is locked',)
# expect: AttributeError ("'NoneType' object has no attribute 'missing'",)
# expect: ZeroDivisionError ('divide by zero',)
# expect: MemoryError ('memory allocation failed, heap is locked',)
# expect: ZeroDivisionError ()
# expect: ZeroDivisionError ()
