s = set(range(11))
print([s.pop() for i in range(11)])  # expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
try:
    s.pop()
except KeyError as e:
    print(e)  # expect: pop from an empty set
