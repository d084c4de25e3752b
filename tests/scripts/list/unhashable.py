try:
    hash([])
except TypeError as e:
    print(e)  # expect: unsupported type for __hash__: 'list'
