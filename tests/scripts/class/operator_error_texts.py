class A:
    pass
a = A()
for f in (lambda: a + 1, lambda: 1 + a, lambda: a < 1, lambda: -a, lambda: a[0], lambda: len(a), lambda: a(), lambda: iter(a),
          lambda: next(a)):
    try:
        f()
    except TypeError as e:
        print(e)
# expect: unsupported types for __add__: 'A', 'int'
# expect: unsupported types for __add__: 'int', 'A'
# expect: unsupported types for __lt__: 'A', 'int'
# expect: unsupported type for __neg__: 'A'
# expect: 'A' object isn't subscriptable
# expect: object of type 'A' has no len()
# expect: 'A' object isn't callable
# expect: 'A' object isn't iterable
# expect: 'A' object isn't an iterator
