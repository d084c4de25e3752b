for f in (lambda: len(), lambda: len(1, 2), lambda: getattr(1), lambda: getattr(1, 2, 3, 4), lambda: len(x=1), lambda: abs()):
    try:
        f()
    except TypeError as e:
        print(e)
# expect: function takes 1 positional arguments but 0 were given
# expect: function takes 1 positional arguments but 2 were given
# expect: function missing 1 required positional arguments
# expect: function expected at most 3 arguments, got 4
# expect: function doesn't take keyword arguments
# expect: function takes 1 positional arguments but 0 were given
