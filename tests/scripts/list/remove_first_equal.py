l = [1, 2.0, 2, 3]
l.remove(2)
print(l)  # expect: [1, 2, 3]
try:
    l.remove(9)
except ValueError as e:
    print(e)  # expect: object not in sequence
