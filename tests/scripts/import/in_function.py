def f():
    import modules.with_all as w
    from modules.with_all import a, c
    return w.a, a, c
print(f())  # expect: (1, 1, 3)
try:
    w
except NameError:
    print("local to the function")
# expect: local to the function
class A:
    from modules.with_all import c
    import math
print(A.c, A.math.pi > 3)  # expect: 3 True
