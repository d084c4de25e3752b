import io, micropython
b = io.BytesIO(64)
data = b"1234" * 16
micropython.heap_lock()
b.write(data)
b.seek(0)
b.write(b"ab")
micropython.heap_unlock()
print(len(b.getvalue()), b.getvalue()[:5])
# expect: 64 b'ab341'
for n in (-1,):
    try:
        io.BytesIO(n)
    except ValueError:
        print("ValueError")
# expect: ValueError
try:
    io.BytesIO(10**12)
except MemoryError:
    print("MemoryError")
# expect: MemoryError
b = io.BytesIO()
b.seek(2**62)
try:
    b.write(b"x")
except (MemoryError, OSError) as e:
    print(type(e).__name__)
# expect: MemoryError
