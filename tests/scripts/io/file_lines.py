import os
path = os.getenv("SCRATCH", "/scratch") + "/f"
with open(path, "w") as f:
    f.write("first\nsecond\n\nlast")
with open(path) as f:
    print([line for line in f])  # expect: ['first\n', 'second\n', '\n', 'last']
with open(path, "rb") as f:
    print(f.readline(), f.readline(3), f.readline())  # expect: b'first\n' b'sec' b'ond\n'
    buffer = bytearray(3)
    print(f.readinto(buffer), buffer)  # expect: 3 bytearray(b'\nla')
    print(f.read(), f.read())  # expect: b'st' b''
try:
    f.read()
except ValueError as e:
    print(e)  # expect: I/O operation on closed file
