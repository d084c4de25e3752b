# Many ways lead to the same base; a look-up goes through each class once.
class C(object):
    def f(self):
        return "found"
for i in range(60):
    class L(C):
        pass
    class R(C):
        pass
    class C(L, R):
        pass
print(C().f(), hasattr(C(), "nothing"), isinstance(C(), int))
# expect: found False False
for i in range(200):
    C = type("C", (C, object), {})
print(C().f(), hasattr(C(), "nothing"))
# expect: found False
