print("simple runs as", __name__)
x = 1
_hidden = 2


def f():
    return x
