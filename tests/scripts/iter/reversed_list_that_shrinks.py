l = [1, 2, 3, 4]
r = reversed(l)
print(next(r))  # expect: 4
l.clear()
try:
    print(next(r))
except (StopIteration, IndexError):
    print("end")  # expect: end
