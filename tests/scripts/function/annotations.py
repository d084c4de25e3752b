def f(a: int, b: "text" = 2, *args: list, k: dict = None, **kw: None) -> "result":
    c: int = 5
    d: str
    return a, b, args, k, c
print(f(1), f(1, 2, 3, k=4))  # expect: (1, 2, (), None, 5) (1, 2, (3,), 4, 5)
x: int = 3
class A:
    z: int = 6
print(x, A.z)  # expect: 3 6
