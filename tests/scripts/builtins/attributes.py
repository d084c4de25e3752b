class A:
    x = 1
a = A()
print(getattr(a, "x"), getattr(a, "y", 2), hasattr(a, "x"), hasattr(a, "y"))
setattr(a, "y", 3)
print(a.y)
delattr(a, "y")
print(hasattr(a, "y"))
for f in (lambda: getattr(a, "y"), lambda: delattr(a, "y"), lambda: getattr(a, 1)):
    try:
        f()
    except (AttributeError, TypeError) as e:
        print(type(e).__name__)
print("".join(["a", "b"][i] for i in range(2)), getattr([1, 2], "count")(1))
name = "".join(["x"])
print(getattr(a, name))
# expect: 1 2 True False
# expect: 3
# expect: False
# expect: AttributeError
# expect: AttributeError
# expect: TypeError
# expect: ab 1
# expect: 1
