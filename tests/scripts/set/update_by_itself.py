s = {1, 2}
s.update(s)
s |= s
s.symmetric_difference_update(s)
print(s)  # expect: set()
