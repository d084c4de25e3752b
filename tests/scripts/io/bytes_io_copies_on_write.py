import io
data = b"0123456789" * 10
b = io.BytesIO(data)
b.write(b"xx")
print(data[:4], b.getvalue()[:4], len(b.getvalue()))
# expect: b'0123' b'xx23' 100
a = bytearray(b"abc")
b = io.BytesIO(a)
b.write(b"X")
a[1] = 90
print(a, b.getvalue())
# expect: bytearray(b'aZc') b'Xbc'
