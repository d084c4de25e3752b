# What allocates raises MemoryError while the heap is locked, and leaves what it works on as it was.
import micropython

items = [1, 2, 3, 4, 5, 6, 7, 8]
table = {}
data = bytearray(b"abc")
number = 1 << 62
text = "abc"
i = 0


def attempt(action):
    micropython.heap_lock()
    try:
        action()
        refused = False
    except MemoryError:
        refused = True
    micropython.heap_unlock()
    return refused


def make_closure():
    x = 1
    return lambda: x


def fill():
    for i in range(1000):
        items.append(i)


def generate():
    yield 1


print(attempt(lambda: [1]), attempt(lambda: (i, 1)), attempt(lambda: {}), attempt(lambda: {1}))
# expect: True True True True
print(attempt(lambda: text + text), attempt(lambda: text[1:]), attempt(lambda: str(number)), attempt(lambda: number + 1))
# expect: True True True True
print(attempt(lambda: data.extend(b"x" * 1)), attempt(lambda: data + data), attempt(lambda: bytearray(1)))
# expect: True True True
print(attempt(make_closure), attempt(generate), attempt(lambda: text.upper), attempt(lambda: range(1000)))
# expect: True True True True
print(attempt(fill), attempt(lambda: table.__setitem__(1, 2) if False else table.update({1: 2})))
# expect: True True
print(table, data, text, number == 1 << 62, items[:8])  # expect: {} bytearray(b'abc') abc True [1, 2, 3, 4, 5, 6, 7, 8]
