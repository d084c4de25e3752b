# Memory is set aside for one exception. Of more, while the heap stays locked, only the class is told, and that of the
# last one; when it has been unlocked there is some for the next one again.
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


actions = [allocate, attribute, divide]
kept = [None] * 3
for turn in range(3):
    micropython.heap_lock()
    for i in range(3):
        kept[i] = fail(actions[i])
    micropython.heap_unlock()
    print(kept[0], [type(e).__name__ for e in kept[1:]], [e.args for e in kept[1:]])
# expect: memory allocation failed, heap is locked ['ZeroDivisionError', 'ZeroDivisionError'] [(), ()]
# expect: memory allocation failed, heap is locked ['ZeroDivisionError', 'ZeroDivisionError'] [(), ()]
# expect: memory allocation failed, heap is locked ['ZeroDivisionError', 'ZeroDivisionError'] [(), ()]
