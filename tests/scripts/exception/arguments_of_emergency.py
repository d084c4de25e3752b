# Of exceptions that are raised without memory there is one, which the next one overwrites: whoever goes through its
# arguments then still has what was there.
import gc, micropython


class Overwrites:
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


arguments = emergency(Overwrites(), ["second"], ("third", []), "".join(["four", "th"])).args
print("%s %s %s %s" % arguments)  # expect: first ['second'] ('third', []) fourth
print(arguments)  # expect: (None,)
