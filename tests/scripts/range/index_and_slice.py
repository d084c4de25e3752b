r = range(1, 20, 3)
print(r[0], r[-1], r[2:4], r[::-1], r[1::2], list(r[5:1:-2]))  # expect: 1 19 range(7, 13, 3) range(19, -2, -3) range(4, 22, 6) [16, 10]
try:
    r[7]
except IndexError as e:
    print(e)  # expect: range index out of range
