# bytes and bytearray ask for the length first, for what it raises.
class Lengths:
    def __init__(self, answer):
        self.answer = answer
    def __len__(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer
    def __iter__(self):
        return iter([1])
for answer in KeyError("k"), -1, 10**30, "x", 1, 0:
    for kind in bytes, bytearray:
        try:
            print(kind(Lengths(answer)))
        except Exception as e:
            print(type(e).__name__, e)
print(list(Lengths(KeyError("k"))))
# expect: KeyError k
# expect: KeyError k
# expect: ValueError __len__() should return >= 0
# expect: ValueError __len__() should return >= 0
# expect: OverflowError overflow converting long int to machine word
# expect: OverflowError overflow converting long int to machine word
# expect: TypeError can't convert str to int
# expect: TypeError can't convert str to int
# expect: b'\x01'
# expect: bytearray(b'\x01')
# expect: b'\x01'
# expect: bytearray(b'\x01')
# expect: [1]
