l = [1]
l.extend((2, 3))
l.extend("ab")
l.extend(x * x for x in range(3))
l.extend({7: 8})
print(l)  # expect: [1, 2, 3, 'a', 'b', 0, 1, 4, 7]
try:
    l.extend(5)
except TypeError as e:
    print(e)  # expect: 'int' object isn't iterable
