try:
    hash(set())
except TypeError as e:
    print(e)  # expect: unsupported type for __hash__: 'set'
try:
    {[]}
except TypeError as e:
    print(e)  # expect: unsupported type for __hash__: 'list'
