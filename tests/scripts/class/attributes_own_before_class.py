class A:
    x = 1
a = A()
print(a.x)
a.x = 2
print(a.x, A.x)
del a.x
print(a.x)
A.x = 3
print(a.x)
# expect: 1
# expect: 2 1
# expect: 1
# expect: 3
