a = [1, 2, 3, 4]
b, c = 1, 2
del a[0], a[-1], b
print(a, c)  # expect: [2, 3] 2
try:
    b
except NameError:
    print("b is gone")
# expect: b is gone
class A:
    x = 1
o = A()
o.y, o.z = 2, 3
del o.y
print(hasattr(o, "y"), o.z)  # expect: False 3
for target in ("del o.y", "del o.x", "del unknown", "del a[9]"):
    try:
        exec(target)
    except (AttributeError, NameError, IndexError) as e:
        print(type(e).__name__)
# expect: AttributeError
# expect: AttributeError
# expect: NameError
# expect: IndexError
d = {1: 2, 3: 4}
del d[1], (d[3])
print(d)  # expect: {}
del (c), a
