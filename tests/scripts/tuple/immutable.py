t = (1, 2)
try:
    t[0] = 3
except TypeError as e:
    print(e)  # expect: 'tuple' object doesn't support item assignment
try:
    del t[0]
except TypeError as e:
    print(e)  # expect: 'tuple' object doesn't support item deletion
