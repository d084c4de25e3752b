f = frozenset([1, 2])
print(f, frozenset(), hash(f) == hash(frozenset((2, 1))), f == {1, 2}, {f: 1}[frozenset({2, 1})])  # expect: frozenset({1, 2}) frozenset() True True 1
g = f
g |= {3}
print(sorted(f), sorted(g), type(f | {3}) is frozenset, type({3} | f) is set)  # expect: [1, 2] [1, 2, 3] True True
print([name for name in ("add", "update", "clear", "pop", "remove", "discard", "copy") if hasattr(f, name)])  # expect: ['copy']
