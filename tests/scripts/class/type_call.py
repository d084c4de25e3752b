A = type("A", (), {"x": 1, "f": lambda self: self.x + 1})
print(A.__name__, A().f(), type(A()) is A, type(A) is type)
B = type("B", (A,), {})
print(B().x, issubclass(B, A), isinstance(B(), A))
for args in ((), (1, 2), (1, (), {})):
    try:
        type(*args)
    except TypeError:
        print("TypeError")
# expect: A 2 True True
# expect: 1 True True
# expect: TypeError
# expect: TypeError
# expect: TypeError
