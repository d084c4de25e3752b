# An exception that is raised without memory keeps its class and arguments, whatever is raised after it, as well as
# their text: natives rely on tuples and strings not to change.
import gc, io, micropython, re


class Raises:
    def __str__(self):
        emergency(None)
        for _ in range(20):
            [bytes(n) for n in (16, 40, 100, 300)]
        gc.collect()
        return "first"


def emergency(a, *more):
    micropython.heap_lock()
    if more:
        b, c, d = more
        error = ValueError(a, b, c, d)
    else:
        error = ValueError(a)
    micropython.heap_unlock()
    return error


def caught(action):
    micropython.heap_lock()
    try:
        action()
    except Exception as e:
        micropython.heap_unlock()
        return e


arguments = emergency(Raises(), ["second"], ("third", []), "".join(["four", "th"])).args
print("%s %s %s %s" % arguments)  # expect: first ['second'] ('third', []) fourth
print(arguments[1:])  # expect: (['second'], ('third', []), 'fourth')


class Base:
    def greet(self):
        return "base"


Derived = type("Derived", emergency(Base).args, {"greet": lambda self: super(Derived, self).greet()})
emergency(1)
print(Derived().greet(), Derived.__bases__)  # expect: base (<class 'Base'>,)

first = caught(lambda: 1 + "a")
text = first.args[0]
stream = io.StringIO(text)
stream.seek(36)
match = re.match("(.*)(.....)$", text)
second = caught(lambda: [1])
print(stream.read(), match.group(2))  # expect: , 'str' 'str'
print(repr(first))  # expect: TypeError("unsupported types for __add__: 'int', 'str'",)
print(repr(second))  # expect: MemoryError('memory allocation failed, heap is locked',)
