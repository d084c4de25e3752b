# What int() reads is what stands there when it begins to read.
class Base:
    def __int__(self):
        text[:] = b"12"
        return 10


text = bytearray(b"7" * 1000)
print(int(text, Base()))  # expect: 12
