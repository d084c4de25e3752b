l = [1]
for i in (1, -2, 1 << 62, -(1 << 62)):
    try:
        l[i]
    except IndexError as e:
        print(e)
# expect: list index out of range
# expect: list index out of range
# expect: list index out of range
# expect: list index out of range
try:
    l["a"]
except TypeError as e:
    print(e)  # expect: list indices must be integers, not str
