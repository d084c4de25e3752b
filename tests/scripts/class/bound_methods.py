class A:
    def f(self, x):
        return x
a = A()
m = a.f
print(m(1), m == a.f, m == A().f, a.f == 1, {m: 1}[a.f])
g = A.f
print(g(a, 3))
print([].append == [].append)
# expect: 1 True False False 1
# expect: 3
# expect: False
