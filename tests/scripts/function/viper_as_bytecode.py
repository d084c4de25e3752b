import micropython
@micropython.viper
def add(x: int, y: int) -> int:
    return x + y
@micropython.native
def first(data: bytes):
    return data[0]
@micropython.viper
def invert(data: ptr8, n: int):
    for i in range(n):
        data[i] ^= 255
data = bytearray(b"\x00\x0f")
invert(data, 2)
print(add(2, 3), first(b"a"), data)  # expect: 5 97 bytearray(b'\xff\xf0')
