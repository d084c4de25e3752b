import io
b = io.BytesIO()
print(b.write(b"foobar", 2), b.write(b"foobar", 3, 2), b.write(b"foobar", 100, 5), b.write(b"foobar", 0, 100), b.getvalue())
# expect: 2 2 0 6 b'fobafoobar'
