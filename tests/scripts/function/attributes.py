def f():
    pass
print(f.__name__, (lambda: 0).__name__ == "<lambda>", callable(f), f == f, f != (lambda: 0))
# expect: f True True True True
print(len({f, f, len}), type(f) is type(lambda: 0), isinstance(f, type(f)))  # expect: 2 True True
