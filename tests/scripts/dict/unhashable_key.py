d = {}
for key in ([], {}, set()):
    try:
        d[key] = 1
    except TypeError as e:
        print(e)
# expect: unsupported type for __hash__: 'list'
# expect: unsupported type for __hash__: 'dict'
# expect: unsupported type for __hash__: 'set'
print(d)  # expect: {}
