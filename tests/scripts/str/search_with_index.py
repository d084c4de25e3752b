# The bounds of a search may be objects with __index__, which may change what is searched.
class I:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


text = "añbañb"
print(text.find("b", I(3)), text.rfind("b", I(0), I(4)), text.index("ñ", I(2), I(6)), text.rindex("a", I(0), I(3)))
# expect: 5 2 4 0
print(text.count("a", I(1)), text.count("", I(2), I(4)), text.startswith("b", I(2)), text.endswith("ñ", I(0), I(-1)))
# expect: 1 3 True True
print(b"abab".find(b"b", I(2)), bytearray(b"abab").count(97, I(1), None), "abc".find("c", None, I(3)))
# expect: 3 1 2
for bound in (1.5, "1", I("1"), [], I(2**70)):
    try:
        print("abc".find("c", bound))
    except (TypeError, OverflowError) as e:
        print(e)
# expect: string indices must be integers, not float
# expect: string indices must be integers, not str
# expect: can't convert I to int
# expect: string indices must be integers, not list
# expect: overflow converting long int to machine word


class Changes:
    def __init__(self, n, change):
        self.n, self.change = n, change

    def __index__(self):
        self.change()
        return self.n


for method in ("find", "rfind", "count", "startswith", "endswith"):
    data, needle = bytearray(b"abcdefgh"), bytearray(b"gh")

    def shorter():
        data[:] = b"gh"
        needle[:] = b"h"

    def longer():
        data[:] = b"x" * 5000 + b"gh"

    print(method, getattr(data, method)(needle, Changes(1, shorter), Changes(9, longer)))
# expect: find -1
# expect: rfind -1
# expect: count 0
# expect: startswith False
# expect: endswith False
