d = {1: 2, 3: 4, 5: 6}
del d[5]
print(d.popitem(), d.popitem())  # expect: (3, 4) (1, 2)
try:
    d.popitem()
except KeyError as e:
    print(e)  # expect: popitem(): dictionary is empty
