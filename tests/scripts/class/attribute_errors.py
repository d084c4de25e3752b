class A:
    def f(self):
        pass
a = A()
for access in (lambda: a.x, lambda: A.x, lambda: a.f.x, lambda: (5).x, lambda: None.x, lambda: len.x, lambda: A.f(1, 2, 3),
               lambda: a.f(1), lambda: setattr(5, "x", 1), lambda: delattr(a, "x"), lambda: getattr(a, "x")):
    try:
        access()
        print("no error")
    except (AttributeError, TypeError) as e:
        print(type(e).__name__)
# expect: AttributeError
# expect: AttributeError
# expect: AttributeError
# expect: AttributeError
# expect: AttributeError
# expect: AttributeError
# expect: TypeError
# expect: TypeError
# expect: AttributeError
# expect: AttributeError
# expect: AttributeError
