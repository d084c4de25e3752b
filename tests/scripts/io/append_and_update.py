import os
os.chdir(os.getenv("SCRATCH", "/scratch"))
with open("f", "w") as f:
    print(f.write("one\n"))  # expect: 4
with open("f", "a") as f:
    f.write("two\n")
with open("f") as f:
    print(f.readlines())  # expect: ['one\n', 'two\n']
with open("f", "r+") as f:
    f.write("ONE")
    f.seek(0)
    print(repr(f.read()))  # expect: 'ONE\ntwo\n'
with open("f", "w+b") as f:
    f.write(b"bytes")
    print(f.seek(1), f.read(2), f.tell())  # expect: 1 b'yt' 3
try:
    open("absent", "r+")
except OSError as e:
    print(e)  # expect: [Errno 2] ENOENT
