class A:
    def f(self):
        return 1
class B(A):
    def f(self):
        return [super(B, self).f() for _ in range(2)]
    def g(self):
        def inner():
            return super(B, self).f() + 1
        return inner()
print(B().f(), B().g())
# expect: [1, 1] 2
