class A:
    def __init__(self, v):
        self.v = v
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"
a = A([1, {"k": "v"}])
print(f"{a}|{a!r}|{a!s}|{a.v[1]['k']}|{a.v[0] + 1}|{', '.join(['a', 'b'])}|{len(a.v)}")
# expect: str|repr|str|v|2|a, b|2
def f(x, *, y=2):
    return x * y
print(f"{f(2, y=3)}|{[i * 2 for i in range(3)]}|{'yes' if a else 'no'}|{a is a}|{'%d' % 5}|{f'{1}{2}'}")
# expect: 6|[0, 2, 4]|yes|True|5|12
print(f"{1 if 0 else 2}|{'a:b'}|{[1, 2, 3][1:]}|{ 1 , 2 }|{3!r}|{'!'}|{x if (x := 5) else 0}")
# expect: 2|a:b|[2, 3]|(1, 2)|3|!|5
