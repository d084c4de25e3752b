l = [2, 1]
try:
    l.sort(lambda x: x)
except TypeError as e:
    print(e)  # expect: extra positional arguments given
try:
    l.sort(cmp=1)
except TypeError as e:
    print(e)  # expect: extra keyword arguments given
l.sort(key=None, reverse=0)
print(l)  # expect: [1, 2]
