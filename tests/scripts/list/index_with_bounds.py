l = [1, 2, 1, 2]
print(l.index(1), l.index(1, 1), l.index(2, -2), l.index(2, 0, 2))  # expect: 0 2 3 1
for bounds in ((3,), (1, 2), (-1, 100)):
    try:
        l.index(1, *bounds)
    except ValueError:
        print("none")
# expect: none
# expect: none
# expect: none
