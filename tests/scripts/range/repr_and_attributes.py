r = range(1, 10, 3)
print(r, range(3), range(5, 1, -1), r.start, r.stop, r.step)  # expect: range(1, 10, 3) range(0, 3) range(5, 1, -1) 1 10 3
