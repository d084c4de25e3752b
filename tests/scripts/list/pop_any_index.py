l = [1, 2, 3, 4]
print(l.pop(), l.pop(0), l.pop(-2), l)  # expect: 4 1 2 [3]
try:
    l.pop(1)
except IndexError as e:
    print(e)  # expect: list index out of range
l.pop()
try:
    l.pop()
except IndexError as e:
    print(e)  # expect: pop from empty list
