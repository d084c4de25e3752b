import io
raw = io.BytesIO()
w = io.BufferedWriter(raw, 4)
print(w.write(b"abc"), raw.getvalue(), w.write(b"defgh"), raw.getvalue())
# expect: 3 b'' 5 b'abcdefgh'
w.write(b"i")
w.flush()
w.flush()
print(raw.getvalue())
# expect: b'abcdefghi'
class Slow(io.IOBase):
    def __init__(self):
        self.calls = 0
    def write(self, b):
        self.calls += 1
        if self.calls < 3:
            return None
        print(bytes(b))
        return len(b)
w = io.BufferedWriter(Slow(), 8)
w.write(b"late")
for i in range(4):
    try:
        w.flush()
        print("flushed")
    except OSError:
        print("OSError")
# expect: OSError
# expect: OSError
# expect: b'late'
# expect: flushed
# expect: flushed
