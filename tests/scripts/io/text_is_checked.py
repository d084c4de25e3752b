import io
s = io.StringIO(b"a\xff")
for f in (s.read, s.getvalue):
    try:
        f()
    except UnicodeError:
        print("UnicodeError")
# expect: UnicodeError
# expect: UnicodeError
