l = [3, "a", 1, 2]
try:
    l.sort()
except TypeError:
    print(len(l), sorted(str(x) for x in l))  # expect: 4 ['1', '2', '3', 'a']
