class A:
    pass
a = A()
a.x = 1
a.y = 2
a.z = 3
del a.y
print(sorted(a.__dict__.items()))
a.y = 4
print(a.x, a.y, a.z)
try:
    del a.w
except AttributeError as e:
    print("AttributeError")
# expect: [('x', 1), ('z', 3)]
# expect: 1 4 3
# expect: AttributeError
