t = (1, 2, 1)
print(t.index(1), t.index(1, 1), t.count(1), t.count(9))  # expect: 0 2 2 0
try:
    t.index(2, 2)
except ValueError as e:
    print(e)  # expect: object not in sequence
