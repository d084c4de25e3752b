class A:
    def __int__(self):
        return 7
print("%d %05d" % (A(), A()))
# expect: 7 00007


# %d writes what int() makes of an object, the others want an index.
class B:
    def __int__(self):
        return 8

    def __index__(self):
        return 9


print("%d %i %x %o %c" % (B(), B(), B(), B(), 65), int(B()))
# expect: 8 8 9 11 A 8


class S(str):
    pass


class N(str):
    def __int__(self):
        return 3


print(int(S("12")), int(N("12")))
# expect: 12 3
