# More attributes than fit in slots.
class A:
    pass
a = A()
for i in range(200):
    setattr(a, "n" + str(i), i)
print(sum(getattr(a, "n" + str(i)) for i in range(200)))
for i in range(0, 200, 2):
    delattr(a, "n" + str(i))
print(hasattr(a, "n0"), hasattr(a, "n1"), len(a.__dict__))
a.n0 = "again"
print(a.n0)
# expect: 19900
# expect: False True 100
# expect: again
