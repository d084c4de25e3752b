for a, (b, *c), [d] in [(1, (2, 3, 4), [5]), (6, "xyz", "d")]:
    print(a, b, c, d)
# expect: 1 2 [3, 4] 5
# expect: 6 x ['y', 'z'] d
class A:
    pass
o = A()
l = [0, 0]
for o.x in (1, 2):
    pass
for l[1] in "ab":
    pass
print(o.x, l)  # expect: 2 [0, 'b']
for i, in [[1], [2]]:
    print(i)
# expect: 1
# expect: 2
for x in 1, 2, 3:
    print(x)
# expect: 1
# expect: 2
# expect: 3
