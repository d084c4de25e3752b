class A:
    def __call__(self, *args, **kwargs):
        return args, sorted(kwargs.items())
a = A()
print(a(), a(1), a(1, 2, x=3))
print(callable(a), callable(A), callable(1), callable(len))
# expect: ((), []) ((1,), []) ((1, 2), [('x', 3)])
# expect: True True False True
