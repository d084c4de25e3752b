# A bound method may be bound again, as often as it likes: each binding is one more argument in front, and the caller's
# own variables stay as they are.
class K:
    pass


def wrap(method, times):
    for _ in range(times):
        K.x = classmethod(method)
        method = K.x
    return method


def count(*arguments, **keywords):
    return len(arguments), len(keywords)


def call(method):
    a, b, c, d = "a", "b", "c", "d"
    print(method(1, 2), a, b, c, d)
    print(method(1, 2, key=3), a, b, c, d)
    print(method(), a, b, c, d)
    print(method(*[1], **{"k": 2}), a, b, c, d)


call(wrap(count, 2))
# expect: (4, 0) a b c d
# expect: (4, 1) a b c d
# expect: (2, 0) a b c d
# expect: (3, 1) a b c d
call(wrap(count, 9))
# expect: (11, 0) a b c d
# expect: (11, 1) a b c d
# expect: (9, 0) a b c d
# expect: (10, 1) a b c d


# The same through attributes of an instance, whose class binds too.
class Holder:
    m = classmethod(wrap(count, 3))


def through(holder):
    a, b = "a", "b"
    print(holder.m(), holder.m(1), Holder.m(1, 2), a, b)


through(Holder())  # expect: (4, 0) (5, 0) (6, 0) a b


# And where a class is what is bound: a new instance comes in front of its arguments too.
class Made:
    def __init__(self, *arguments):
        self.arguments = len(arguments)


def make(method):
    a, b = "a", "b"
    print(method(1).arguments, method().arguments, a, b)


make(wrap(Made, 1))  # expect: 2 1 a b
make(wrap(Made, 2))  # expect: 3 2 a b
