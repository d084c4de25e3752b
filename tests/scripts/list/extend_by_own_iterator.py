# The list grows while it is gone through; the loop stops it.
l = [1, 2]

def some():
    n = 0
    for x in l:
        n += 1
        if n > 6:
            return
        yield x

l.extend(some())
print(l)  # expect: [1, 2, 1, 2, 1, 2, 1, 2]
