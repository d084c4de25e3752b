import io
class Out(io.IOBase):
    def __init__(self):
        self.got = []
    def write(self, b):
        self.got.append(bytes(b))
        return len(b)
o = Out()
print("a", 1, file=o)
print(o.got)
# expect: [b'a', b' ', b'1', b'\n']
class Short(Out):
    def write(self, b):
        Out.write(self, b[:2])
        return min(2, len(b))
o = Short()
print("abcde", file=o, end="")
print(o.got)
# expect: [b'ab', b'cd', b'e']
