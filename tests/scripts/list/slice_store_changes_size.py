l = list(range(6))
l[1:3] = "abc"
print(l)  # expect: [0, 'a', 'b', 'c', 3, 4, 5]
l[1:4] = ()
print(l)  # expect: [0, 3, 4, 5]
l[2:2] = l
print(l)  # expect: [0, 3, 0, 3, 4, 5, 4, 5]
l[:] = []
print(l)  # expect: []
l[5:] = (x for x in (1, 2))
print(l)  # expect: [1, 2]
