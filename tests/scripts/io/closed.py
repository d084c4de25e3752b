import io
for make in (io.StringIO, io.BytesIO):
    s = make()
    s.close()
    s.close()
    for f in (s.read, s.getvalue, s.tell, lambda: s.write(b"x" if make is io.BytesIO else "x"), s.readline):
        try:
            f()
        except ValueError as e:
            print(e)
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
# expect: I/O operation on closed file
with io.StringIO() as s:
    s.write("x")
try:
    s.getvalue()
except ValueError as e:
    print(e)
# expect: I/O operation on closed file
