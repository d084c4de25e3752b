class L(list):
    def __init__(self, a, b):
        super().__init__([a, b])
        self.extra = a + b
l = L(1, 2)
print(l, l.extra)
class E(Exception):
    def __init__(self, code):
        self.code = code
e = E(5)
print(e.code, e.args)
class F(Exception):
    def __init__(self, code):
        super().__init__("code", code)
print(F(1).args, str(F(1)))
# expect: [1, 2] 3
# expect: 5 (5,)
# expect: ('code', 1) ('code', 1)
