l = list(range(10))
print(l[::3], l[::-3], l[8:2:-2], l[-3::2])  # expect: [0, 3, 6, 9] [9, 6, 3, 0] [8, 6, 4] [7, 9]
print(l[20:], l[5:2], l[-100:2])  # expect: [] [] [0, 1]
try:
    l[::0]
except ValueError as e:
    print(e)  # expect: slice step can't be zero
