print(hash((1, "a", (None,))) == hash((1, "a", (None,))))  # expect: True
d = {(1, 2): "x"}
print(d[(1, 2)], d.get((2, 1)), d[(True, 2.0)])  # expect: x None x
try:
    hash(([],))
except TypeError as e:
    print(e)  # expect: unsupported type for __hash__: 'list'
