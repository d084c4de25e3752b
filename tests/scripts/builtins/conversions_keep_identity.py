# A value that is of the type already is itself.
f, i, s, t, b, c, z = 1e300, 10**30, "text", (1, 2), b"bytes", 1j, frozenset([1])
print(float(f) is f, int(i) is i, str(s) is s, tuple(t) is t, bytes(b) is b, complex(c) is c, frozenset(z) is z)
# expect: True True True True True True True
# Objects of derived classes become plain ones.
class F(float):
    pass
class Z(frozenset):
    pass
print(type(float(F(2.0))).__name__, type(frozenset(Z([1]))).__name__)
# expect: float frozenset
