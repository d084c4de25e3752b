l = [1, 2, 3, 4]

def source():
    l.clear()
    yield 7

l[2:] = source()
print(l)  # expect: [7]
