import io
b = io.BytesIO(b"hello")
print(b.read(2), b.read(), b.read(), b.seek(1), b.read(1), b.tell(), b.getvalue())
# expect: b'he' b'llo' b'' 1 b'e' 2 b'hello'
b = io.BytesIO()
print(b.write(b"abc"), b.write(bytearray(b"de")), b.getvalue(), b.seek(0, 2), b.seek(-2, 1), b.read(), b.seek(-4, 2), b.read(1))
# expect: 3 2 b'abcde' 5 3 b'de' 1 b'b'
b.seek(10)
b.write(b"x")
print(b.getvalue(), b.seek(-100, 1))
# expect: b'abcde\x00\x00\x00\x00\x00x' 0
b = io.BytesIO(bytearray(b"copy"))
buf = bytearray(6)
print(b.readinto(buf), buf, b.readinto(buf), b.seek(1), b.readinto(memoryview(buf)[4:]), buf)
# expect: 4 bytearray(b'copyop') 0 1 2 bytearray(b'copyop')
try:
    b.seek(-1)
except OSError as e:
    print(e.errno)
# expect: 22
try:
    b.seek(0, 5)
except OSError as e:
    print(e.errno)
# expect: 22
try:
    b.readinto(b"const")
except TypeError as e:
    print(e)
# expect: object with buffer protocol required
