from micropython import const
A = const(5)
_B = const(A * 2 + 1)
C = const("text")
T = const((1, A, "x"))
def f():
    return A + _B
print(A, f(), C, T, "_B" in globals(), "A" in globals())
class K:
    X = const(7)
    _Y = const(8)
    def get(self):
        return X, _Y
print(K.X, K().get(), hasattr(K, "_Y"))
print(const([1]), const(x := 3))
for source in ("Z = const(print)", "Z = const(1 // 0)", "Z = const(1)\nZ = 2", "Z = const(1)\nfor Z in []: pass"):
    try:
        exec("from micropython import const\n" + source)
        print("accepted")
    except SyntaxError as e:
        print(e)
# expect: 5 16 text (1, 5, 'x') False True
# expect: 7 (7, 8) False
# expect: [1] 3
# expect: not a constant
# expect: not a constant
# expect: can't assign to expression
# expect: can't assign to expression
