# no-sweep: makes tens of thousands of objects
# However many times a method is bound, calling it takes one step; only its arguments need their room.
class K:
    pass


def wrap(method, times):
    for _ in range(times):
        K.x = classmethod(method)
        method = K.x
    return method


def count(*arguments):
    return len(arguments)


print(wrap(count, 3000)(1), wrap(count, 10000)())  # expect: 3001 10000
try:
    wrap(count, 25000)()
except RuntimeError as e:
    print(e)  # expect: maximum recursion depth exceeded
