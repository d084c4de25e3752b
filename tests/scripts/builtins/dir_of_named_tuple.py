from collections import namedtuple
print([name for name in dir(namedtuple("Point", "x y")(1, 2)) if name[0] != "_"])  # expect: ['count', 'index', 'x', 'y']
print("__next__" in dir(iter([])), "__next__" in dir([]))  # expect: True False
