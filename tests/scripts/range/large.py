import sys
big = sys.maxsize
r = range(big - 2, big)
print(len(r), list(r) == [big - 2, big - 1], len(range(-big, 0, big)), (big - 1) in r)  # expect: 2 True 1 True
r = range(big, 0, -1)
print(len(r) == big, r[-1], r[big - 1])  # expect: True 1 1
