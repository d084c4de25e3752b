print(repr(ValueError()), repr(ValueError("a")), repr(ValueError(1, "b")))
# expect: ValueError() ValueError('a',) ValueError(1, 'b')
class E(Exception):
    pass
print(repr(E(1)), str(E()), repr(KeyError("k")), KeyError("k"))
# expect: E(1,)  KeyError('k',) k
