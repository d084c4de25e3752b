class A:
    x = 1
    def f(self):
        pass
class B(A):
    y = 2
b = B()
b.z = 3
print([n for n in dir(b) if not n.startswith("__")])
print([n for n in dir(B) if not n.startswith("__")])
print("append" in dir([]), "append" in dir(list), "__class__" in dir(1))
class C:
    def __dir__(self):
        return ["b", "a"]
print(sorted(dir(C())))
import sys
print("path" in dir(sys), "b" in dir(), "nothing" in dir())
# expect: ['f', 'x', 'y', 'z']
# expect: ['f', 'x', 'y']
# expect: True True True
# expect: ['a', 'b']
# expect: True True False
