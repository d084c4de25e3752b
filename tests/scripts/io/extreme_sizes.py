# Sizes far below zero mean no limit, as -1 does.
import io

for size in (-1, -(2**63)):
    print(io.BytesIO(b"a\nb").readline(size), io.StringIO("é\nb").readline(size), io.BytesIO(b"a\nb").read(size))
    print("a,b,c".split(",", size), b"a b c".split(None, size), "a,b,c".rsplit(",", size))
# expect: b'a\n' é
# expect:  b'a\nb'
# expect: ['a', 'b', 'c'] [b'a', b'b', b'c'] ['a', 'b', 'c']
# expect: b'a\n' é
# expect:  b'a\nb'
# expect: ['a', 'b', 'c'] [b'a', b'b', b'c'] ['a', 'b', 'c']
