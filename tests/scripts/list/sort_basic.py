l = [3, 1, 2]
print(l.sort(), l)  # expect: None [1, 2, 3]
l.sort(reverse=True)
print(l)  # expect: [3, 2, 1]
l = ["b", "B", "a", ""]
l.sort()
print(l)  # expect: ['', 'B', 'a', 'b']
l = [1.5, -2, 1 << 70, True, -1e300]
l.sort()
print(l == [-1e300, -2, True, 1.5, 1 << 70])  # expect: True
