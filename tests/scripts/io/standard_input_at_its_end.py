import sys
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), repr(sys.stdin.buffer.read(5)))
# expect: '' '' b''
