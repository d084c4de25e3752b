import sys
print(sys.stdout, sys.stdin, sys.stderr, sys.stdout.buffer)
# expect: <io.TextIOWrapper 1> <io.TextIOWrapper 0> <io.TextIOWrapper 2> <io.FileIO 1>
print(sys.stdout.write("text\n"), sys.stdout.fileno(), sys.stdin.fileno(), sys.stderr.buffer.fileno())
# expect: text
# expect: 5 1 0 2
print(sys.stdout.buffer.write(b"bytes\n"))
# expect: bytes
# expect: 6
sys.stdout.flush()
sys.stdout.close()
print("still open")
# expect: still open
try:
    sys.stdout.read(1)
except OSError as e:
    print(e.errno)
# expect: 9
try:
    sys.stdout.seek(0)
except OSError as e:
    print(e.errno)
# expect: 29
