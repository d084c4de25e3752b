class A:
    def f(self):
        return 1
a = A()
def call():
    return a.f()
print(call(), call())
A.f = lambda self: 2
print(call())
a.f = lambda: 3
print(call())
del a.f
print(call())
del A.f
try:
    call()
except AttributeError:
    print("gone")
# expect: 1 1
# expect: 2
# expect: 3
# expect: 2
# expect: gone
