class A:
    x = property(None, lambda self, v: print("set", v))
a = A()
a.x = 1
# expect: set 1
try:
    a.x
except AttributeError as e:
    print(e)
# expect: unreadable attribute
print(A.x)
# expect: <property>
